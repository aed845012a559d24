import { lstatSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gather } from './gather.ts'
import { type Journal, commitJournal, rollBack, writeJournal } from './journal.ts'
import { move } from './move.ts'
import type { Placement } from './target.ts'

/**
 * Writes into a folder that is there: gathers the files in `staging`, and moves them from there with as
 * few moves as can be. What is in the way is moved to a backup first. A journal tells a later run how to
 * undo the moves of one that was killed between two of them.
 *
 * Returns the name of the backup, if there is one.
 */
export async function mergeInto(
  folder: string,
  staging: string,
  { files, replaced }: Placement,
  signal: AbortSignal,
): Promise<string | undefined> {
  await gather(files, join(staging, 'new'), signal)
  const backup = replaced.length > 0 ? newBackupName(folder) : undefined
  const journal: Journal = {
    root: folder,
    moves: listMoves(folder, [...files.keys()]),
    backups: replaced.map((path) => ({ from: path, to: join(backup ?? '', path) })),
  }
  writeJournal(staging, journal)
  try {
    await moveAll(staging, journal, signal)
  } catch (error) {
    await rollBack(staging, journal)
    throw error
  }
  commitJournal(staging)
  rmSync(staging, { recursive: true })
  return backup
}

async function moveAll(
  staging: string,
  { root, moves, backups }: Journal,
  signal: AbortSignal,
): Promise<void> {
  for (const { from, to } of backups) {
    signal.throwIfAborted()
    await move(join(root, from), join(root, to))
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
    moves.add(depth < 0 ? path : join(...parts.slice(0, depth + 1)))
  }
  return [...moves]
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** A name that is free, and tells when it was. */
function newBackupName(folder: string): string {
  const now = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const name = `backup-${now}`
  return isThere(join(folder, name)) ? `${name}-${process.pid}` : name
}
