/**
 * What a run is about to move, written down before it does: whoever finds a journal whose run is gone
 * can put everything back.
 */
import {
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { isThere } from '../disk/is-there.ts'
import { move } from '../disk/move.ts'

/** Paths are relative to the folder that is written into, and lead to nothing outside of it. */
export interface Journal {
  /** What goes from `new/` in the staging folder to the same path in the folder. */
  moves: string[]
  /** What goes to the backup before. */
  replaced: string[]
  backup?: string | undefined
}

const NAME = 'journal.json'

/** There at once, or not at all. */
export function writeJournal(staging: string, journal: Journal): void {
  const draft = join(staging, 'journal.draft')
  writeFileSync(draft, JSON.stringify(journal))
  renameSync(draft, join(staging, NAME))
}

/** From here on there is nothing to undo. */
export function closeJournal(staging: string): void {
  unlinkSync(join(staging, NAME))
}

/** Whether something was moved, or may have been. */
export function hasJournal(staging: string): boolean {
  return existsSync(join(staging, NAME))
}

/** Undefined when nothing has been moved. Throws when it is none of ours. */
export function readJournal(staging: string): Journal | undefined {
  if (!hasJournal(staging)) return undefined
  const journal: Journal = JSON.parse(readFileSync(join(staging, NAME), 'utf8'))
  const { backup = 'none', moves, replaced } = journal
  if ([backup, ...moves, ...replaced].every(isInside)) return journal
  throw new Error('Its journal names a path outside of the folder.')
}

/**
 * Puts back what was moved, in either direction, into `root`. Nothing is deleted but folders that are
 * empty. Returns what stays in the backup, for something else has taken its place meanwhile.
 */
export async function rollBack(
  root: string,
  staging: string,
  { moves, replaced, backup = '' }: Journal,
): Promise<string[]> {
  for (const path of moves) {
    const [from, to] = [join(root, path), join(staging, 'new', path)]
    if (!isThere(to) && isThere(from)) await move(from, to)
  }
  const stuck: string[] = []
  for (const path of replaced) {
    const [from, to] = [join(root, backup, path), join(root, path)]
    if (!isThere(from)) continue
    if (isThere(to)) stuck.push(path)
    else await move(from, to)
  }
  for (const path of replaced) removeEmpty(dirname(join(root, backup, path)), root)
  return stuck
}

function isInside(path: unknown): boolean {
  if (typeof path !== 'string' || path.includes('\\')) return false
  return posix.normalize(path) === path && !/^(\/|\.\.?(\/|$))|:/.test(path)
}

function removeEmpty(folder: string, root: string): void {
  if (folder === root || !existsSync(folder) || readdirSync(folder).length > 0) return
  rmdirSync(folder)
  removeEmpty(dirname(folder), root)
}
