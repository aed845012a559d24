import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { explain, failure } from './explain'

/** How much is read at a time, in bytes. */
const CHUNK_BYTES = 64 * 1024

/** To open a pipe would else wait for somebody who writes to it. Windows has no such flag. */
const NO_WAIT = constants.O_NONBLOCK ?? 0

/**
 * Reads a file from its beginning to its end, and no faster than it is asked to. It is open for as long
 * as somebody reads: leaving the loop closes it.
 *
 * @returns chunks, each good until the next one is asked for: all share one buffer.
 * @throws in words for the user, with a code: see {@link explain}.
 */
export async function* readFile(
  path: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  try {
    const file = await open(path, constants.O_RDONLY | NO_WAIT)
    try {
      yield* readChunks(file, basename(path), signal)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw explain(error, basename(path))
  }
}

async function* readChunks(
  file: FileHandle,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const before = await file.stat()
  if (!before.isFile()) throw failure('NOT_A_FILE', `"${name}" is not a file.`)
  const buffer = Buffer.alloc(CHUNK_BYTES)
  for (;;) {
    signal.throwIfAborted()
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, null)
    if (bytesRead === 0) break
    yield buffer.subarray(0, bytesRead)
  }
  // The system calls this an end of file, too.
  if ((await file.stat()).size >= before.size) return
  throw failure('TRUNCATED', `"${name}" has become shorter while it was read: the rest is gone.`)
}
