import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { reasonOf } from '../disk/disk-reason.ts'
import { FailedError } from '../errors.ts'
import { gather } from './gather.ts'
import { isThere } from '../disk/is-there.ts'
import { type Journal, closeJournal, rollBack, writeJournal } from '../recover/journal.ts'
import { move } from '../disk/move.ts'
import type { Placement } from './target.ts'

/**
 * Writes into a folder that is there: gathers the files in `staging`, and moves them from there with as
 * few moves as can be. What is in the way is moved to a backup first. A journal tells a later run how to
 * undo the moves of one that was killed between two of them.
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
  writeJournal(staging, journal)
  try {
    await moveAll(folder, staging, journal, signal)
  } catch (error) {
    const stuck = await rollBack(folder, staging, journal)
    closeJournal(staging)
    if (stuck.length === 0) throw error
    throw new FailedError(
      `Could not write to "${folder}": ${reasonOf(error)}. All is as it was but ${stuck.join(', ')}: something else was put there meanwhile, and the old one is in "${join(folder, backup ?? '')}".`,
      'write-failed',
      { cause: error },
    )
  }
  closeJournal(staging)
  rmSync(staging, { recursive: true })
  return backup
}

async function moveAll(
  root: string,
  staging: string,
  { moves, replaced, backup = '' }: Journal,
  signal: AbortSignal,
): Promise<void> {
  for (const path of replaced) {
    signal.throwIfAborted()
    await move(join(root, path), join(root, backup, path))
  }
  for (const path of moves) {
    signal.throwIfAborted()
    await move(join(staging, 'new', path), join(root, path))
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
