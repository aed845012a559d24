import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Every file under a folder, sorted, relative to it and with forward slashes. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
}
