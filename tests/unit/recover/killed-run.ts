import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inspectTarget } from '../../../src/disk/target.ts'
import { putInOrder } from '../../../src/recover/put-in-order.ts'
import { keepRecord } from '../../../src/recover/record.ts'
import type { Journal } from '../../../src/recover/roll-back.ts'
import { makeFolder } from '../../folders.ts'

export const JOURNAL = {
  moves: ['src', 'package.json'],
  replaced: ['package.json'],
  backup: 'backup-1',
}

export function newStagingName(target = 'my-app'): string {
  return `.create-electron-ports-${target}-${randomBytes(8).toString('hex')}`
}

/** A folder `my-app` with those files, and one that a run is yet to move. */
export function makeHalfWritten(files: Record<string, string>, name = 'my-app') {
  const entries = Object.entries(files).map(([path, text]) => [`my-app/${path}`, text])
  const folder = join(makeFolder(Object.fromEntries(entries)), 'my-app')
  const staging = join(folder, newStagingName(name))
  write(join(staging, 'new/package.json'), 'new')
  return { folder, staging }
}

/** The same, of which this user's records say that a run was killed there. */
export function leaveHalfWritten(
  files: Record<string, string>,
  journal: Journal = JOURNAL,
  name?: string,
) {
  const left = makeHalfWritten(files, name)
  // A record of this process is one of a process with the same number, and such a one is gone.
  keepRecord(left.staging, journal)
  return left
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Undoes what can be undone for `target`. Gives what was told, in order. */
export async function recover(target: string, isDryRun = false): Promise<string[]> {
  const told: string[] = []
  await putInOrder(inspectTarget(target), {
    tell: (sentence) => void told.push(sentence),
    confirm: async () => void told.push('Undo it?'),
    isDryRun,
  })
  return told
}
