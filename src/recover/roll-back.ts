import { lstatSync, readdirSync, rmdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { isThere } from '../disk/is-there.ts'
import { move } from '../disk/move.ts'

/**
 * What a run is about to move, written down before it does.
 * Paths are relative to the folder that is written into, and lead to nothing outside of it.
 */
export interface Journal {
  /** What goes from `new/` in the staging folder to the same path in the folder. */
  moves: string[]
  /** What goes to the backup before. */
  replaced: string[]
  backup?: string | undefined
}

/** Whether all of its paths stay inside of the folder, as they are written. */
export function isJournal(value: unknown): value is Journal {
  const { moves, replaced, backup = 'none' } = (value ?? {}) as Partial<Journal>
  if (!Array.isArray(moves) || !Array.isArray(replaced)) return false
  return [backup, ...moves, ...replaced].every(isInside)
}

/**
 * Puts back what was moved, in either direction, into `root`, and goes through no link on the way:
 * somebody may have put one there meanwhile. Nothing is deleted but folders that are empty.
 * Returns what stays in the backup, for something else has taken its place.
 */
export async function rollBack(
  root: string,
  staging: string,
  { moves, replaced, backup = '' }: Journal,
): Promise<string[]> {
  for (const path of moves) {
    const [from, to] = [join(root, path), join(staging, 'new', path)]
    const isOpen = isReachable(root, path) && isReachable(staging, `new/${path}`)
    if (isOpen && !isThere(to) && isThere(from)) await move(from, to)
  }
  const stuck: string[] = []
  for (const path of replaced) {
    const [from, to] = [join(root, backup, path), join(root, path)]
    if (!isThere(from)) continue
    const isOpen = isReachable(root, path) && isReachable(root, `${backup}/${path}`)
    if (!isOpen || isThere(to)) stuck.push(path)
    else await move(from, to)
  }
  for (const path of replaced) removeEmpty(root, posix.dirname(`${backup}/${path}`))
  return stuck
}

/** True when all that lies between `root` and `path` are folders, not links to some, or nothing yet. */
export function isReachable(root: string, path: string): boolean {
  let folder = root
  for (const name of path.split('/').slice(0, -1)) {
    folder = join(folder, name)
    const found = lstatSync(folder, { throwIfNoEntry: false })
    if (!found) return true
    if (!found.isDirectory()) return false
  }
  return true
}

function isInside(path: unknown): boolean {
  if (typeof path !== 'string' || path.includes('\\')) return false
  return posix.normalize(path) === path && !/^(\/|\.\.?(\/|$))|:/.test(path)
}

function removeEmpty(root: string, folder: string): void {
  if (folder === '.' || !isReachable(root, `${folder}/any`)) return
  const path = join(root, folder)
  if (!isThere(path) || readdirSync(path).length > 0) return
  rmdirSync(path)
  removeEmpty(root, posix.dirname(folder))
}
