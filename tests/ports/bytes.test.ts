import { expect, test } from 'vitest'
import { collect, inChunks } from '../../templates/base/src/ports/channel/bytes.ts'
import { meet } from './pair.ts'

const KIB = 1024

/** Bytes of which no two neighbours are equal, so that none can be missing or out of place. */
const newBytes = (size: number) =>
  Uint8Array.from({ length: size }, (_, at) => (at * 7 + (at >> 8)) & 255)

async function sizesOf(chunks: AsyncIterable<Uint8Array>): Promise<number[]> {
  const sizes: number[] = []
  for await (const chunk of chunks) sizes.push(chunk.length)
  return sizes
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size))
}

test.each([
  ['an array', (bytes: Uint8Array<ArrayBuffer>) => bytes],
  ['a Blob', (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes])],
  ['a stream of large pieces', (bytes: Uint8Array<ArrayBuffer>) => inPieces(bytes, 100 * KIB)],
  ['a stream of small pieces', (bytes: Uint8Array<ArrayBuffer>) => inPieces(bytes, 10 * KIB)],
])('%s goes in chunks of at most 60 KiB, and arrives whole', async (_, source) => {
  const bytes = newBytes(300 * KIB + 1)
  for (const size of await sizesOf(inChunks(source(bytes)))) expect(size).toBeLessThan(60 * KIB)

  const { reader, said } = meet({ read: () => inChunks(source(bytes)) } satisfies Library)
  expect(Buffer.compare(await collect(reader.stream.read()), bytes)).toBe(0)
  expect(said.library.map(([kind]) => kind)).not.toContain('large')
})

interface Library {
  read(): AsyncIterable<Uint8Array>
}

test('bytes go the other way as an argument', async () => {
  const { reader } = meet({
    keep: async (chunks: AsyncIterable<Uint8Array>) => (await collect(chunks)).length,
  })
  expect(await reader.call.keep(inChunks(newBytes(100 * KIB)))).toBe(100 * KIB)
})

test('no bytes are no chunk', async () => {
  expect(await sizesOf(inChunks(new Uint8Array()))).toEqual([])
  expect(await sizesOf(inChunks(new Blob()))).toEqual([])
  expect(await collect(inChunks(new Uint8Array()))).toEqual(new Uint8Array())
})
