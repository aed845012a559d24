/** The temporary folders of runs: how they are called, and which of them are there. */
import { basename, join } from 'node:path'
import { type Target, isNew } from '../disk/target.ts'

/** Their names begin with this. */
const PREFIX = '.create-electron-ports-'

/** And so is called what an undone run had written. */
export const UNDONE = `${PREFIX}undone-`

/** And end with this: no two are alike. */
const TOKEN = /^[0-9a-f]{16}$/

/** As much of the target's name as leaves room for the rest. */
const LONGEST_NAME = 50

/** A new temporary folder: beside the target that is to be made, or in that which is there. */
export function nameStaging(target: Target): string {
  return join(target.root, `${prefixFor(target)}${newToken()}`)
}

/** Not by node:crypto, which takes 2 ms to load: no secret, and where it were taken the folder could not be made. */
function newToken(): string {
  const halves = [Math.random(), Math.random()].map((part) => Math.trunc(part * 2 ** 32))
  return halves.map((half) => half.toString(16).padStart(8, '0')).join('')
}

export function nameUndone(root: string): string {
  return join(root, `${UNDONE}${Date.now()}`)
}

/** Of any name where the folder itself is written into, which may be called otherwise by another run. */
export function listStaging(target: Target): string[] {
  const start = isNew(target) ? prefixFor(target) : PREFIX
  return target.entries
    .filter((name) => name.startsWith(start) && !name.startsWith(UNDONE))
    .filter((name) => !isNew(target) || TOKEN.test(name.slice(start.length)))
    .map((name) => join(target.root, name))
}

function prefixFor({ path }: Target): string {
  return `${PREFIX}${basename(path).slice(0, LONGEST_NAME)}-`
}
