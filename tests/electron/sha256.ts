import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ElectronUnavailableError } from './electron-unavailable-error.ts'

/**
 * Checks that a download is the very file these tests were written with.
 *
 * @param expected its SHA-256 in hexadecimal.
 * @throws {ElectronUnavailableError} when it is another.
 */
export async function assertSha256(file: string, expected: string): Promise<void> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  const actual = hash.digest('hex')
  if (actual === expected) return
  throw new ElectronUnavailableError(
    `"${basename(file)}" has the SHA-256 "${actual}" instead of "${expected}"`,
  )
}
