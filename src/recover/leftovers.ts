/** What other runs have in the folder of a target: those that are at work, and those that were killed. */
import { renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { reasonOf } from '../disk/disk-reason.ts'
import { type Target, inspectTarget } from '../disk/target.ts'
import { FailedError } from '../errors.ts'
import { listSome } from '../terminal/list-some.ts'
import { type Run, dropRecord, isRunning, readRecord } from './record.ts'
import { type Journal, rollBack } from './roll-back.ts'
import { listStaging, nameUndone } from './staging.ts'

/** Throws a FailedError when another process writes to the target at this moment. */
export function refuseOtherRun({ path }: Target): void {
  for (const run of findRuns(inspectTarget(path))) {
    if (!isRunning(run)) continue
    throw new FailedError(
      `Another run, process ${run.process}, is writing to "${path}". Wait for it; if there is none, delete "${run.staging}".`,
    )
  }
}

/** The runs that were killed while they wrote to the target. */
export function findKilledRuns(target: Target): Run[] {
  return findRuns(target).filter((run) => !isRunning(run))
}

/** What looks as if a run had left it, and may have come with a clone or an archive: a sentence, if there is some. */
export function describeStrangers(target: Target): string | undefined {
  const strangers = listStaging(target).filter((staging) => !readRecord(staging))
  if (strangers.length === 0) return undefined
  const names = listSome(strangers.map((staging) => basename(staging)))
  return `What looks like the remains of killed runs in "${target.root}" is known to no record of yours, and was left alone: ${names}. Delete it when you need nothing of it.`
}

/** What undoing the run is going to do, to be said before. */
export function describeUndo({ staging, journal }: Run): string {
  return journal
    ? `A run that was killed had left "${dirname(staging)}" between old and new: everything is put back as it was before.`
    : `A run that was killed had left "${staging}": it is removed.`
}

/**
 * Undoes what a run that was killed has left. What it had put into place is kept aside: it may have been
 * worked on since. Returns what there is to say about that, if there is something.
 * Throws a FailedError that names what cannot be undone.
 */
export async function undoRun({ staging, journal }: Run): Promise<string | undefined> {
  try {
    const outcome = journal ? await putBack(staging, journal) : undefined
    rmSync(staging, { recursive: true, force: true })
    dropRecord(staging)
    return outcome
  } catch (error) {
    throw new FailedError(
      `Could not undo what a run that was killed has left in "${staging}": ${reasonOf(error)}. Solve this, or delete that folder.`,
      'failed',
      { cause: error },
    )
  }
}

async function putBack(staging: string, journal: Journal): Promise<string> {
  const root = dirname(staging)
  const stuck = await rollBack(root, staging, journal)
  const aside = nameUndone(root)
  renameSync(staging, aside)
  const exceptions =
    stuck.length > 0
      ? ` but ${stuck.join(', ')}: there is another by now, and the old one in "${join(root, journal.backup ?? '')}"`
      : ''
  return `"${root}" is as it was before${exceptions}; what that run had written is in "${aside}". Delete it when you need nothing of it.`
}

function findRuns(target: Target): Run[] {
  return listStaging(target).flatMap((staging) => readRecord(staging) ?? [])
}
