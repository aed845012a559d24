import { mkdtemp, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { move, outputFileSync, remove } from 'fs-extra/esm'
import { CliError, FailedError, messageOf } from './errors.ts'
import type { ProjectFiles } from './render.ts'
import { findExistingFolder } from './target.ts'

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EDQUOT: 'your disk quota is used up',
  EISDIR: 'a folder is in the way of a file',
  ENAMETOOLONG: 'a path is too long',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in the way of a folder',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
}

/**
 * Writes all of `files` below `target`, or nothing: they are gathered in a temporary folder on the
 * same disk and then moved into place, folders above `target` that do not exist yet included.
 * Throws a FailedError when the disk refuses, and the reason of `signal` when that aborts.
 */
export async function writeProject(
  target: string,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<void> {
  const root = findExistingFolder(target)
  try {
    await writeBelow(root, relative(root, target), files, signal)
  } catch (error) {
    throw explainDiskError(error, target)
  }
}

async function writeBelow(
  root: string,
  path: string,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<void> {
  const staging = await mkdtemp(join(root, '.create-electron-ports-'))
  try {
    // All at one go, which is several times faster; a signal is noticed right after it.
    for (const [name, { content }] of files) outputFileSync(join(staging, path, name), content)
    await moveEntries(staging, root, signal)
  } finally {
    await remove(staging)
  }
}

async function moveEntries(from: string, to: string, signal: AbortSignal): Promise<void> {
  const moved: string[] = []
  try {
    for (const entry of await readdir(from)) {
      signal.throwIfAborted()
      await move(join(from, entry), join(to, entry))
      moved.push(entry)
    }
  } catch (error) {
    await Promise.all(moved.map((entry) => remove(join(to, entry))))
    throw error
  }
}

function explainDiskError(error: unknown, target: string): CliError {
  if (error instanceof CliError) return error
  const { code = '' } = error as NodeJS.ErrnoException
  const reason = REASONS[code] ?? messageOf(error)
  return new FailedError(
    `Could not write to "${target}": ${reason}. Nothing was left behind. Solve this, or choose another directory.`,
    { cause: error },
  )
}
