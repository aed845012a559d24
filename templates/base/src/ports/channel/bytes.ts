/**
 * Bytes as a stream, in either direction: in pieces that are read as they come, that a slow reader
 * holds back, and that never make a large message (see `outbox.ts`).
 *
 * @example async *read(path) { yield* inChunks(createReadStream(path)) }
 * @example const bytes = await collect(files.stream.read(path))
 */

/** In bytes, with room for the rest of the message. */
const CHUNK_BYTES = 56 * 1024

/** @param source  All at once, or in pieces of any size. */
export async function* inChunks(
  source: Uint8Array | Blob | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  if (source instanceof Blob) {
    for (let start = 0; start < source.size; start += CHUNK_BYTES) {
      yield new Uint8Array(await source.slice(start, start + CHUNK_BYTES).arrayBuffer())
    }
    return
  }
  for await (const piece of source instanceof Uint8Array ? [source] : source) {
    for (let start = 0; start < piece.length; start += CHUNK_BYTES) {
      yield piece.subarray(start, start + CHUNK_BYTES)
    }
  }
}

/** Puts the pieces together again. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of chunks) {
    pieces.push(piece)
    length += piece.length
  }
  const bytes = new Uint8Array(length)
  let end = 0
  for (const piece of pieces) {
    bytes.set(piece, end)
    end += piece.length
  }
  return bytes
}
