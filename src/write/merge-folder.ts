import { join } from 'node:path'
import { reasonOf } from '../disk/disk-reason.ts'
import { isThere } from '../disk/is-there.ts'
import { move } from '../disk/move.ts'
import { FailedError, messageOf } from '../errors.ts'
import { keepRecord } from '../recover/record.ts'
import { type Journal, isReachable, rollBack } from '../recover/roll-back.ts'
import { tell } from '../terminal/print.ts'
import { gather } from './gather.ts'
import type { Placement } from './placement.ts'

/** The disk refused the way back as well: the temporary folder is needed still. */
export class HalfWrittenError extends FailedError {}

/**
 * Writes into a folder that is there: gathers the files in `staging`, and moves them from there with as
 * few moves as can be. What is in the way is moved to a backup first. A record of the moves tells a later
 * run how to undo those of one that was killed between two of them.
 *
 * Returns the name of the backup, if there is one.
 * Throws a FailedError when what was moved before a failure cannot be put back whole.
 */
export async function mergeInto(
  folder: string,
  staging: string,
  { files, replaced }: Placement,
  signal: AbortSignal,
): Promise<string | undefined> {
  await gather(files, join(staging, 'new'), signal)
  const backup = replaced.length > 0 ? newBackupName(folder) : undefined
  const journal = { moves: listMoves(folder, [...files.keys()]), replaced, backup }
  const isRecorded = record(staging, journal)
  try {
    await moveAll(folder, staging, journal, signal)
    return backup
  } catch (error) {
    throw await undo(error, folder, staging, journal, isRecorded)
  }
}

/** Better to go on without than not at all: whatever happens, the old files are in the backup. */
function record(staging: string, journal: Journal): boolean {
  try {
    keepRecord(staging, journal)
    return true
  } catch (error) {
    tell(
      `No record of this run can be kept (${messageOf(error)}): should it be killed, the next one cannot undo what it leaves.`,
    )
    return false
  }
}

async function moveAll(
  root: string,
  staging: string,
  { moves, replaced, backup = '' }: Journal,
  signal: AbortSignal,
): Promise<void> {
  for (const path of replaced) {
    signal.throwIfAborted()
    await moveWithin(root, path, join(root, path), join(root, backup, path))
  }
  for (const path of moves) {
    signal.throwIfAborted()
    await moveWithin(root, path, join(staging, 'new', path), join(root, path))
  }
}

/** Not through a link that somebody has put there meanwhile. */
async function moveWithin(root: string, path: string, from: string, to: string): Promise<void> {
  if (!isReachable(root, path)) throw new Error(`a link or a file is in the way of "${path}"`)
  await move(from, to)
}

/** Puts back what was moved. Gives the error to throw. */
async function undo(
  error: unknown,
  folder: string,
  staging: string,
  journal: Journal,
  isRecorded: boolean,
): Promise<unknown> {
  const backup = join(folder, journal.backup ?? '')
  try {
    const stuck = await rollBack(folder, staging, journal)
    if (stuck.length === 0) return error
    return new FailedError(
      `Could not write to "${folder}": ${reasonOf(error)}. All is as it was but ${stuck.join(', ')}: something else was put there meanwhile, and the old one is in "${backup}".`,
      'write-failed',
      { cause: error },
    )
  } catch (reason) {
    const way = isRecorded
      ? 'run the command again: it puts everything back first'
      : `put back yourself what is in "${backup}"`
    return new HalfWrittenError(
      `Could not write to "${folder}", nor put back what was moved: ${reasonOf(reason)}. Solve this, and ${way}.`,
      'write-failed',
      { cause: reason },
    )
  }
}

/** What to move so that all paths are there: the topmost part of each that is not there yet. */
function listMoves(root: string, paths: string[]): string[] {
  const moves = new Set<string>()
  for (const path of paths) {
    const parts = path.split('/')
    const depth = parts.findIndex((_, index) => !isThere(join(root, ...parts.slice(0, index + 1))))
    moves.add(depth < 0 ? path : parts.slice(0, depth + 1).join('/'))
  }
  return [...moves]
}

/** A name that is free, and tells when it was. */
function newBackupName(folder: string): string {
  const now = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const name = `backup-${now}`
  return isThere(join(folder, name)) ? `${name}-${process.pid}` : name
}
