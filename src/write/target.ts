import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reasonOf } from '../disk/disk-reason.ts'
import { FailedError } from '../errors.ts'
import { hintAtNpm } from '../command-line/kept-by-npm.ts'
import { hasContent } from '../disk/has-content.ts'
import { isThere } from '../disk/is-there.ts'
import type { ProjectFiles } from '../render/render.ts'

/** What a folder may hold and still count as empty: what a fresh repository has, litter, and ours. */
const HARMLESS = [
  /^\.(git|gitattributes|github|gitignore|idea|vscode|DS_Store)$/,
  /^(Thumbs\.db|desktop\.ini)$/,
  /^(LICEN[CS]E|README)(\.(md|txt))?$/i,
  /^\.create-electron-ports-/,
]

const LONGEST_LIST = 10

/** How a project goes into its folder. */
export interface Placement {
  /** What of the project is to be written. */
  files: ProjectFiles
  /** What was there, counts as harmless, and stays. */
  kept: string[]
  /** What was there and gives way to a file of the project; what is the same already does not. */
  replaced: string[]
}

/**
 * Looks where `files` are to go, and touches nothing.
 * Throws a FailedError when `target` is a file or a folder in use. It lists those of `files` that
 * exist already, or else what the folder holds. With `force` only what cannot be replaced is refused.
 */
export function placeProject(target: string, files: ProjectFiles, force = false): Placement {
  if (findExistingFolder(target) !== target) return { files, kept: [], replaced: [] }
  const entries = listEntries(target)
  const existing = [...files.keys()].filter((path) => isThere(join(target, path)))
  if (entries.every(isHarmless) && !force) {
    return { files: without(existing, files), kept: existing, replaced: [] }
  }
  if (!force) throw newNotEmpty(target, entries, existing)
  for (const path of files.keys()) refuseIrreplaceable(target, path)
  const same = [...files]
    .filter(([path, { content }]) => hasContent(join(target, path), content))
    .map(([path]) => path)
  const replaced = existing.filter((path) => !same.includes(path))
  return { files: without(same, files), kept: [], replaced }
}

function without(paths: string[], files: ProjectFiles): ProjectFiles {
  return new Map([...files].filter(([path]) => !paths.includes(path)))
}

/** The folder nearest above `target`, or `target` itself. Throws a FailedError when it is something else. */
export function findExistingFolder(target: string): string {
  let path = target
  while (!isThere(path)) {
    if (dirname(path) === path) throw new FailedError(`Drive "${path}" does not exist.`)
    path = dirname(path)
  }
  if (!existsSync(path)) {
    throw new FailedError(`"${path}" is a link that leads nowhere. Choose another directory.`)
  }
  if (statSync(path).isDirectory()) return path
  throw new FailedError(`"${path}" is a file, not a folder. Choose another directory.`)
}

/** What a folder holds. Throws a FailedError when that may not be seen. */
export function listEntries(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    throw new FailedError(
      `Could not read "${folder}": ${reasonOf(error)}. Solve this, or choose another directory.`,
      'failed',
      { cause: error },
    )
  }
}

function newNotEmpty(target: string, entries: string[], conflicts: string[]): FailedError {
  const inTheWay = entries.filter((entry) => !isHarmless(entry))
  const problem =
    conflicts.length > 0
      ? `these files would be overwritten: ${listSome(conflicts)}`
      : `it holds ${listSome(inTheWay)}`
  return new FailedError(
    `Folder "${target}" is not empty: ${problem}. Choose another directory, or give --force, which keeps the old files as a backup.${hintAtNpm('--force')}`,
    'folder-not-empty',
  )
}

/** A file cannot take the place of a folder, and a link in the path leads out of the project. */
function refuseIrreplaceable(target: string, path: string): void {
  const parts = path.split('/')
  for (let depth = 1; depth <= parts.length; depth++) {
    const part = parts.slice(0, depth).join('/')
    const found = lstatSync(join(target, part), { throwIfNoEntry: false })
    if (!found) return
    const isLast = depth === parts.length
    if (isLast ? found.isDirectory() : !found.isDirectory()) {
      const what = found.isDirectory() ? 'a folder' : found.isSymbolicLink() ? 'a link' : 'a file'
      throw new FailedError(
        `"${join(target, part)}" is ${what}, and in the way of "${path}". Move it, or choose another directory.`,
        'folder-not-empty',
      )
    }
  }
}

function isHarmless(entry: string): boolean {
  return HARMLESS.some((pattern) => pattern.test(entry))
}

function listSome(names: string[]): string {
  const shown = names.toSorted().slice(0, LONGEST_LIST).join(', ')
  const rest = names.length - LONGEST_LIST
  return rest > 0 ? `${shown}, … and ${rest} more` : shown
}
