import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { FailedError } from '../errors.ts'
import { checkPath } from './check-path.ts'
import { reasonOf } from './disk-reason.ts'
import { isThere } from './is-there.ts'

/** Where a project is to go, and what the disk held there when it was asked. */
export interface Target {
  path: string
  /** The folder nearest above that is there, or that of `path` itself. */
  root: string
  /** The names in `root`. */
  entries: string[]
}

/**
 * Asks the disk what is at `path`, and touches nothing. All that is decided of a run is decided on its answer.
 * Throws a FailedError when there is something else than a folder, or one that may not be read, and a UsageError
 * when a link leads into a path in which no project works.
 */
export function inspectTarget(path: string): Target {
  const root = findExistingFolder(path)
  // The tools of a project see where it is, whatever links lead there.
  checkPath(realpathSync(root))
  return { path, root, entries: listEntries(root) }
}

/** True when the folder is yet to be made. */
export function isNew({ path, root }: Target): boolean {
  return root !== path
}

function findExistingFolder(target: string): string {
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

function listEntries(folder: string): string[] {
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
