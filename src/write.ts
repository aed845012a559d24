import { lstatSync, mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { move, remove } from 'fs-extra/esm'
import { CliError, FailedError, messageOf } from './errors.ts'
import { type Journal, commitJournal, rollBack, writeJournal } from './journal.ts'
import { refuseOtherRun, stagingPrefix } from './leftovers.ts'
import { type Placement, findExistingFolder } from './target.ts'

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EDQUOT: 'your disk quota is used up',
  EEXIST: 'a file is in the way of a folder',
  EISDIR: 'a folder is in the way of a file',
  ENAMETOOLONG: 'a path is too long',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in the way of a folder',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
}

/**
 * Writes a project to `target`, or nothing: its files are gathered in a temporary folder on the same
 * disk, and then moved into place with as few moves as can be, one for a project in a folder of its own. A
 * journal tells a later run how to undo the moves of one that was killed between two of them.
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
    const staging = await mkdtemp(join(root, stagingPrefix(target)))
    try {
      refuseOtherRun(root, target, staging)
      return await writeBelow(root, target, staging, placement, signal)
    } finally {
      await remove(staging)
    }
  } catch (error) {
    throw explainDiskError(error, target)
  }
}

async function writeBelow(
  root: string,
  target: string,
  staging: string,
  { files, replaced }: Placement,
  signal: AbortSignal,
): Promise<string | undefined> {
  const inRoot = (path: string): string => join(relative(root, target), path)
  // All at one go, which is several times faster; a signal is noticed right after it.
  for (const [path, { content }] of files) {
    const staged = join(staging, 'new', inRoot(path))
    mkdirSync(dirname(staged), { recursive: true })
    writeFileSync(staged, content)
  }
  const backup = replaced.length > 0 ? newBackupName(target) : undefined
  const journal: Journal = {
    root,
    moves: listMoves(root, [...files.keys()].map(inRoot)),
    backups: replaced.map((path) => ({ from: inRoot(path), to: join(inRoot(backup ?? ''), path) })),
  }
  await writeJournal(staging, journal)
  try {
    for (const { from, to } of journal.backups) {
      signal.throwIfAborted()
      await move(join(root, from), join(root, to))
    }
    for (const path of journal.moves) {
      signal.throwIfAborted()
      await move(join(staging, 'new', path), join(root, path))
    }
  } catch (error) {
    await rollBack(staging, journal)
    throw error
  }
  await commitJournal(staging)
  return backup
}

/** What to move so that all paths are there: the topmost part of each that is not there yet. */
function listMoves(root: string, paths: string[]): string[] {
  const moves = new Set<string>()
  for (const path of paths) {
    const parts = path.split(/[\\/]/)
    const depth = parts.findIndex((_, index) => !isThere(join(root, ...parts.slice(0, index + 1))))
    moves.add(depth < 0 ? path : join(...parts.slice(0, depth + 1)))
  }
  return [...moves]
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** A name that is free, and tells when it was. */
function newBackupName(target: string): string {
  const now = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const name = `backup-${now}`
  return isThere(join(target, name)) ? `${name}-${process.pid}` : name
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
