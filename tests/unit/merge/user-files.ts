import type { Contents, UserFiles } from '../../../src/merge/merge-project.ts'

/** The files of a user's project in memory, of which none has been moved unless `moves` says where it may be. */
export function newUserFiles(files: Contents, moves: Record<string, string[]> = {}): UserFiles {
  return { read: (path) => files.get(path), locate: (path) => moves[path] ?? [] }
}
