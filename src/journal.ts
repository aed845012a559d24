/**
 * What a run is about to move, written down before it does: whoever finds a journal whose run is gone
 * can put everything back.
 */
import {
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { move } from './move.ts'

/** Paths are relative to `root`. */
export interface Journal {
  root: string
  /** What goes from `new/` in the staging folder to the same path in the root. */
  moves: string[]
  /** What gives way before. */
  backups: { from: string; to: string }[]
}

const NAME = 'journal.json'

/** There at once, or not at all. */
export function writeJournal(staging: string, journal: Journal): void {
  const draft = join(staging, 'journal.draft')
  writeFileSync(draft, JSON.stringify(journal))
  renameSync(draft, join(staging, NAME))
}

/** All is in place: from here on there is nothing to undo. */
export function commitJournal(staging: string): void {
  unlinkSync(join(staging, NAME))
}

/** Undefined when nothing had been moved. */
export function readJournal(staging: string): Journal | undefined {
  try {
    return JSON.parse(readFileSync(join(staging, NAME), 'utf8'))
  } catch {
    return undefined
  }
}

/** Puts back what was moved, in either direction. Nothing is deleted but folders that are empty. */
export async function rollBack(staging: string, { root, moves, backups }: Journal): Promise<void> {
  for (const path of moves) {
    const [from, to] = [join(root, path), join(staging, 'new', path)]
    if (!existsSync(to) && existsSync(from)) await move(from, to)
  }
  for (const { from, to } of backups) {
    if (existsSync(join(root, to))) await move(join(root, to), join(root, from))
  }
  const folders = new Set(backups.map(({ to }) => dirname(join(root, to))))
  for (const folder of folders) removeEmpty(folder, root)
}

function removeEmpty(folder: string, root: string): void {
  if (folder === root || !existsSync(folder) || readdirSync(folder).length > 0) return
  rmdirSync(folder)
  removeEmpty(dirname(folder), root)
}
