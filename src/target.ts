import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { FailedError } from './errors.ts'
import type { ProjectFiles } from './render.ts'

/** What a folder may hold and still count as empty: a fresh repository, and litter of the system. */
const HARMLESS_ENTRIES: ReadonlySet<string> = new Set([
  '.git',
  '.DS_Store',
  'Thumbs.db',
  'desktop.ini',
])

const LONGEST_LIST = 10

/**
 * Throws a FailedError when `target` is a file or a folder in use. It lists those of `files` that
 * exist already, or else what the folder holds.
 */
export function refuseOccupied(target: string, files: ProjectFiles = new Map()): void {
  if (findExistingFolder(target) !== target) return
  const entries = readdirSync(target).filter((entry) => !HARMLESS_ENTRIES.has(entry))
  if (entries.length === 0) return
  const conflicts = [...files.keys()].filter((path) => existsSync(join(target, path)))
  const problem =
    conflicts.length > 0
      ? `these files would be overwritten: ${listSome(conflicts)}`
      : `it holds ${listSome(entries)}`
  throw new FailedError(
    `Folder "${target}" is not empty: ${problem}. Choose another directory, or empty this one.`,
  )
}

/** The folder nearest above `target`, or `target` itself. Throws a FailedError when it is a file. */
export function findExistingFolder(target: string): string {
  let path = target
  while (!existsSync(path)) {
    if (dirname(path) === path) throw new FailedError(`Drive "${path}" does not exist.`)
    path = dirname(path)
  }
  if (statSync(path).isDirectory()) return path
  throw new FailedError(`"${path}" is a file, not a folder. Choose another directory.`)
}

function listSome(names: string[]): string {
  const shown = names.toSorted().slice(0, LONGEST_LIST).join(', ')
  const rest = names.length - LONGEST_LIST
  return rest > 0 ? `${shown}, … and ${rest} more` : shown
}
