/** The temporary folders of other runs: of those that are at work, and of those that were killed. */
import { renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { FailedError } from './errors.ts'
import { readJournal, rollBack } from './journal.ts'
import { findExistingFolder, listEntries } from './target.ts'

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
 */
export async function undoKilledRuns(target: string): Promise<string[]> {
  const root = findExistingFolder(target)
  const notes: string[] = []
  for (const name of listKilled(root, target)) notes.push(await undo(join(root, name), root))
  return notes
}

/** Whether there is something to undo. */
export function hasKilledRuns(target: string): boolean {
  return listKilled(findExistingFolder(target), target).length > 0
}

function listKilled(root: string, target: string): string[] {
  return listStaging(root, target).filter((name) => !isAlive(processOf(name)))
}

async function undo(staging: string, root: string): Promise<string> {
  const journal = readJournal(staging)
  if (!journal) {
    rmSync(staging, { recursive: true, force: true })
    return `Removed "${staging}", which a run that was killed had left.`
  }
  await rollBack(staging, journal)
  const aside = join(root, `${PREFIX}undone-${Date.now()}`)
  renameSync(staging, aside)
  return `A run that was killed had left "${root}" between old and new. It is as it was before; what that run had written is in "${aside}". Delete it when you need nothing of it.`
}

function listStaging(root: string, target: string): string[] {
  const start = `${PREFIX}${basename(target)}-`
  return listEntries(root).filter(
    (name) => name.startsWith(start) && /^\d+-\w+$/.test(name.slice(start.length)),
  )
}

function processOf(name: string): number {
  return Number(/-(\d+)-\w+$/.exec(name)?.[1])
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
