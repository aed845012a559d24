import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { hintAtNpm } from '../command-line/kept-by-npm.ts'
import { hasContent } from '../disk/has-content.ts'
import { isThere } from '../disk/is-there.ts'
import { type Target, isNew } from '../disk/target.ts'
import { FailedError } from '../errors.ts'
import type { ProjectFiles } from '../render/render.ts'
import { listSome } from '../terminal/list-some.ts'

/** What a folder may hold and still count as empty: what a fresh repository has, litter, and ours. */
const HARMLESS = [
  /^\.(git|gitattributes|github|gitignore|idea|vscode|DS_Store)$/,
  /^(Thumbs\.db|desktop\.ini)$/,
  /^(LICEN[CS]E|README)(\.(md|txt))?$/i,
  /^\.create-electron-ports-/,
]

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
 * Decides where `files` go, and touches nothing.
 * Throws a FailedError when `target` is a folder in use. It lists those of `files` that exist already,
 * or else what the folder holds. With `force` only what cannot be replaced is refused.
 */
export function placeProject(target: Target, files: ProjectFiles, force = false): Placement {
  if (isNew(target)) return { files, kept: [], replaced: [] }
  const { path: folder, entries } = target
  const existing = [...files.keys()].filter((path) => isThere(join(folder, path)))
  if (entries.every(isHarmless) && !force) {
    return { files: without(existing, files), kept: existing, replaced: [] }
  }
  if (!force) throw newNotEmpty(folder, entries, existing)
  for (const path of files.keys()) refuseIrreplaceable(folder, path)
  const same = [...files]
    .filter(([path, { content }]) => hasContent(join(folder, path), content))
    .map(([path]) => path)
  const replaced = existing.filter((path) => !same.includes(path))
  return { files: without(same, files), kept: [], replaced }
}

function without(paths: string[], files: ProjectFiles): ProjectFiles {
  return new Map([...files].filter(([path]) => !paths.includes(path)))
}

function newNotEmpty(folder: string, entries: string[], conflicts: string[]): FailedError {
  const inTheWay = entries.filter((entry) => !isHarmless(entry))
  const problem =
    conflicts.length > 0
      ? `these files would be overwritten: ${listSome(conflicts)}`
      : `it holds ${listSome(inTheWay)}`
  return new FailedError(
    `Folder "${folder}" is not empty: ${problem}. Choose another directory, or give --force, which keeps the old files as a backup.${hintAtNpm('--force')}`,
    'folder-not-empty',
  )
}

/** A file cannot take the place of a folder, and a link in the path leads out of the project. */
export function refuseIrreplaceable(folder: string, path: string): void {
  const parts = path.split('/')
  for (let depth = 1; depth <= parts.length; depth++) {
    const part = parts.slice(0, depth).join('/')
    const found = lstatSync(join(folder, part), { throwIfNoEntry: false })
    if (!found) return
    const isLast = depth === parts.length
    if (isLast ? found.isDirectory() : !found.isDirectory()) {
      const what = found.isDirectory() ? 'a folder' : found.isSymbolicLink() ? 'a link' : 'a file'
      throw new FailedError(
        `"${join(folder, part)}" is ${what}, and in the way of "${path}". Move it, or choose another directory.`,
        'folder-not-empty',
      )
    }
  }
}

function isHarmless(entry: string): boolean {
  return HARMLESS.some((pattern) => pattern.test(entry))
}
