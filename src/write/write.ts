import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { reasonOf } from '../disk/disk-reason.ts'
import { isThere } from '../disk/is-there.ts'
import { move } from '../disk/move.ts'
import { type Target, isNew } from '../disk/target.ts'
import { CliError, FailedError } from '../errors.ts'
import { refuseOtherRun } from '../recover/leftovers.ts'
import { dropRecord, keepRecord } from '../recover/record.ts'
import { nameStaging } from '../recover/staging.ts'
import type { ProjectFiles } from '../render/render.ts'
import { gather } from './gather.ts'
import { HalfWrittenError, mergeInto } from './merge-folder.ts'
import type { Placement } from './placement.ts'

/**
 * Writes a project to `target`, or nothing: its files are gathered in a temporary folder on the same
 * disk. For a project in a folder of its own that folder becomes the new one, in one step. For one in a
 * folder that is there already see `mergeInto`.
 *
 * Returns the folder with the files that gave way, if some did.
 * Throws a FailedError when the disk refuses, and the reason of `signal` when that aborts.
 */
export async function writeProject(
  target: Target,
  placement: Placement,
  signal: AbortSignal,
): Promise<string | undefined> {
  const staging = nameStaging(target)
  try {
    mkdirSync(staging)
    announce(staging)
    refuseOtherRun(target)
    const backup = isNew(target)
      ? await writeNew(target, staging, placement.files, signal)
      : await mergeInto(target.path, staging, placement, signal)
    cleanUp(staging)
    return backup
  } catch (error) {
    if (error instanceof HalfWrittenError) throw error
    cleanUp(staging)
    throw explainDiskError(error, target.path)
  }
}

/** To other runs. Where no record can be kept they do not see this one, and fail where the two meet. */
function announce(staging: string): void {
  try {
    keepRecord(staging)
  } catch {
    // Said where it matters: see `mergeInto`.
  }
}

function cleanUp(staging: string): void {
  dropRecord(staging)
  // Mostly it has become the project.
  if (isThere(staging)) rmSync(staging, { recursive: true, force: true })
}

async function writeNew(
  { root, path }: Target,
  staging: string,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<undefined> {
  // The temporary folder becomes the first of them: `apps` of a target `apps/desktop/my-app`.
  const [topmost = '', ...below] = relative(root, path).split(sep)
  await gather(files, join(staging, ...below), signal)
  await rename(staging, join(root, topmost))
}

async function rename(from: string, to: string): Promise<void> {
  // On Windows a virus scanner holds new files for a moment; this waits for it.
  if (process.platform === 'win32') return move(from, to)
  renameSync(from, to)
}

function explainDiskError(error: unknown, target: string): CliError {
  if (error instanceof CliError) return error
  return new FailedError(
    `Could not write to "${target}": ${reasonOf(error)}. Nothing was left behind. Solve this, or choose another directory.`,
    'write-failed',
    { cause: error },
  )
}
