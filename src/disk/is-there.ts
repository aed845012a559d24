import { lstatSync } from 'node:fs'

/** True for a link that leads nowhere, too; false for what lies behind a file. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}
