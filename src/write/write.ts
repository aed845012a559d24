import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { reasonOf } from '../disk/disk-reason.ts'
import { CliError, FailedError } from '../errors.ts'
import { gather } from './gather.ts'
import { hasJournal } from '../recover/journal.ts'
import { refuseOtherRun, stagingName } from '../recover/leftovers.ts'
import { mergeInto } from './merge-folder.ts'
import { move } from '../disk/move.ts'
import type { ProjectFiles } from '../render/render.ts'
import { type Placement, findExistingFolder } from './target.ts'

/**
 * Writes a project to `target`, or nothing: its files are gathered in a temporary folder on the same
 * disk. For a project in a folder of its own that folder becomes the new one, in one step. For one in a
 * folder that is there already see `mergeInto`.
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
  const staging = join(root, stagingName(target))
  try {
    mkdirSync(staging)
    refuseOtherRun(root, target, staging)
    if (root === target) return await mergeInto(root, staging, placement, signal)
    await writeNew(root, target, staging, placement.files, signal)
    return undefined
  } catch (error) {
    if (hasJournal(staging)) throw explainHalf(error, target)
    rmSync(staging, { recursive: true, force: true })
    throw explainDiskError(error, target)
  }
}

async function writeNew(
  root: string,
  target: string,
  staging: string,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<void> {
  // The temporary folder becomes the first of them: `apps` of a target `apps/desktop/my-app`.
  const [topmost = '', ...below] = relative(root, target).split(sep)
  await gather(files, join(staging, ...below), signal)
  await rename(staging, join(root, topmost))
}

async function rename(from: string, to: string): Promise<void> {
  // On Windows a virus scanner holds new files for a moment; this waits for it.
  if (process.platform === 'win32') return move(from, to)
  renameSync(from, to)
}

/** The disk refused the way back as well. */
function explainHalf(error: unknown, target: string): CliError {
  return new FailedError(
    `Could not write to "${target}", nor put back what was moved: ${reasonOf(error)}. Solve this, and run the command again: it puts everything back first.`,
    'write-failed',
    { cause: error },
  )
}

function explainDiskError(error: unknown, target: string): CliError {
  if (error instanceof CliError) return error
  return new FailedError(
    `Could not write to "${target}": ${reasonOf(error)}. Nothing was left behind. Solve this, or choose another directory.`,
    'write-failed',
    { cause: error },
  )
}
