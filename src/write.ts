import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { CliError, FailedError, messageOf } from './errors.ts'
import { refuseOtherRun, stagingPrefix } from './leftovers.ts'
import { mergeInto } from './merge-folder.ts'
import { move } from './move.ts'
import type { ProjectFiles } from './render.ts'
import { noticeSignals } from './signals.ts'
import { type Placement, findExistingFolder } from './target.ts'

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EDQUOT: 'your disk quota is used up',
  EEXIST: 'a file is in the way of a folder',
  EISDIR: 'a folder is in the way of a file',
  ENAMETOOLONG: 'a path is too long',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in the way of a folder',
  ENOTEMPTY: 'something was put there meanwhile',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
}

/**
 * Writes a project to `target`, or nothing: its files are gathered in a temporary folder on the same
 * disk and then moved into place. A project in a folder of its own takes one move, which is done or
 * not; for one in a folder that is there already see `mergeInto`.
 *
 * Returns the folder with the files that gave way, if some did.
 * Throws a FailedError when the disk refuses, and the reason of `signal` when that aborts.
 */
export async function writeProject(
  target: string,
  placement: Placement,
  signal: AbortSignal,
): Promise<string | undefined> {
  const root = findExistingFolder(target)
  try {
    const staging = mkdtempSync(join(root, stagingPrefix(target)))
    try {
      refuseOtherRun(root, target, staging)
      return await writeThrough(staging, root, target, placement, signal)
    } finally {
      rmSync(staging, { recursive: true, force: true })
    }
  } catch (error) {
    throw explainDiskError(error, target)
  }
}

async function writeThrough(
  staging: string,
  root: string,
  target: string,
  placement: Placement,
  signal: AbortSignal,
): Promise<string | undefined> {
  const gathered = join(staging, 'new')
  const path = relative(root, target)
  gather(placement.files, join(gathered, path))
  await noticeSignals()
  signal.throwIfAborted()
  if (path === '') return mergeInto(root, staging, placement, signal)
  const [topmost = ''] = path.split(sep)
  await moveWhole(join(gathered, topmost), join(root, topmost))
  return undefined
}

/** All at one go, which is several times faster than one by one. */
function gather(files: ProjectFiles, folder: string): void {
  const paths = [...files.keys()].map((path) => join(folder, path))
  for (const parent of new Set(paths.map((path) => dirname(path)))) {
    mkdirSync(parent, { recursive: true })
  }
  for (const [path, { content }] of files) writeFileSync(join(folder, path), content)
}

async function moveWhole(from: string, to: string): Promise<void> {
  // On Windows a virus scanner holds new files for a moment; this waits for it.
  if (process.platform === 'win32') return move(from, to)
  renameSync(from, to)
}

function explainDiskError(error: unknown, target: string): CliError {
  if (error instanceof CliError) return error
  const { code = '' } = error as NodeJS.ErrnoException
  const reason = REASONS[code] ?? messageOf(error)
  return new FailedError(
    `Could not write to "${target}": ${reason}. Nothing was left behind. Solve this, or choose another directory.`,
    'write-failed',
    { cause: error },
  )
}
