/** The temporary folders of other runs: of those that are at work, and of those that were killed. */
import { lstatSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { reasonOf } from '../disk/disk-reason.ts'
import { FailedError } from '../errors.ts'
import { readJournal, rollBack } from './journal.ts'
import { findExistingFolder, listEntries } from '../write/target.ts'

/** Their names begin with this. */
const PREFIX = '.create-electron-ports-'

/** How the temporary folder of this run is called: after its target, its process and its time. */
export function stagingName(target: string): string {
  return `${PREFIX}${basename(target)}-${process.pid}-${Date.now().toString(36)}`
}

/** Throws a FailedError when another process writes to `target` at this moment. */
export function refuseOtherRun(root: string, target: string, own: string): void {
  for (const name of listStaging(root, target)) {
    const staging = join(root, name)
    if (staging === own || !isAlive(processOf(name))) continue
    throw new FailedError(
      `Another run, process ${processOf(name)}, is writing to "${target}". Wait for it; if there is none, delete "${staging}".`,
    )
  }
}

/**
 * Undoes what runs that were killed have left of `target`. Returns a sentence for each.
 * What such a run had put into place is kept aside: it may have been worked on since.
 * Throws a FailedError that names what cannot be undone.
 */
export async function undoKilledRuns(target: string): Promise<string[]> {
  const root = findExistingFolder(target)
  const notes: string[] = []
  for (const name of listKilled(root, target)) {
    notes.push(await undo(join(root, name), root, root === target))
  }
  return notes
}

/** Whether there is something to undo. */
export function hasKilledRuns(target: string): boolean {
  const root = findExistingFolder(target)
  return listKilled(root, target).some((name) => isOurs(join(root, name)))
}

function listKilled(root: string, target: string): string[] {
  return listStaging(root, target).filter((name) => !isAlive(processOf(name)))
}

/** @param hasMoved  Whether that run may have moved something: it does not for a new folder. */
async function undo(staging: string, root: string, hasMoved: boolean): Promise<string> {
  if (!isOurs(staging)) {
    return `"${staging}" was left by a run of another user that was killed. It was left alone.`
  }
  try {
    const journal = hasMoved ? readJournal(staging) : undefined
    if (!journal) {
      rmSync(staging, { recursive: true, force: true })
      return `Removed "${staging}", which a run that was killed had left.`
    }
    const stuck = await rollBack(root, staging, journal)
    const aside = join(root, `${PREFIX}undone-${Date.now()}`)
    renameSync(staging, aside)
    const exceptions =
      stuck.length > 0
        ? ` but ${stuck.join(', ')}: there is another by now, and the old one in "${join(root, journal.backup ?? '')}"`
        : ''
    return `A run that was killed had left "${root}" between old and new. It is as it was before${exceptions}; what that run had written is in "${aside}". Delete it when you need nothing of it.`
  } catch (error) {
    throw new FailedError(
      `Could not undo what a run that was killed has left in "${staging}": ${reasonOf(error)}. Solve this, or delete that folder.`,
      'failed',
      { cause: error },
    )
  }
}

/** Of any name where the folder itself is written into, which may be called otherwise by another run. */
function listStaging(root: string, target: string): string[] {
  const start = root === target ? PREFIX : `${PREFIX}${basename(target)}-`
  return listEntries(root).filter((name) => name.startsWith(start) && /-\d+-\w+$/.test(name))
}

function processOf(name: string): number {
  return Number(/-(\d+)-\w+$/.exec(name)?.[1])
}

/** What somebody else has put into a folder that all may write to is not to be followed. */
function isOurs(staging: string): boolean {
  return process.getuid === undefined || lstatSync(staging).uid === process.getuid()
}

function isAlive(pid: number): boolean {
  // A run in a container, whose process had the same number as this one.
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
