import { expect, test } from 'vitest'
import type { Line, LineBatch } from '../../src/contracts/lines'
import { MAX_LINE } from '../../src/main/reply-stream/line-splitter'
import { readLines } from '../../src/main/reply-stream/read-lines'

async function* chunksOf(content: string | Buffer, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content as string)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function batchesOf(
  content: string | Buffer,
  { search = '', size = 64 * 1024 } = {},
): Promise<LineBatch[]> {
  const batches: LineBatch[] = []
  for await (const batch of readLines(chunksOf(content, size), search)) batches.push(batch)
  return batches
}

async function linesOf(...args: Parameters<typeof batchesOf>): Promise<Line[]> {
  return (await batchesOf(...args)).flatMap(({ lines }) => lines)
}

async function textsOf(...args: Parameters<typeof batchesOf>): Promise<string[]> {
  return (await linesOf(...args)).map(({ text }) => text)
}

async function* failing(): AsyncGenerator<Buffer> {
  yield Buffer.from('one\ntwo\nthr')
  throw new Error('The disk is gone.')
}

test.each([
  ['', []],
  ['\n', ['']],
  ['one', ['one']],
  ['one\n', ['one']],
  ['one\ntwo', ['one', 'two']],
  ['one\r\ntwo\r\n', ['one', 'two']],
  ['one\n\n\r\ntwo', ['one', '', '', 'two']],
  ['\uFEFFone\ntwo', ['one', 'two']],
])('%j are the lines %j', async (content, expected) => {
  expect(await textsOf(content)).toEqual(expected)
})

test.each([1, 2, 3, 7])(
  'chunks of %i bytes break lines and characters, and nothing of it shows',
  async (size) => {
    const content = 'naïve\r\n日本語\n😀 smile\nlast'
    expect(await textsOf(content, { size })).toEqual(['naïve', '日本語', '😀 smile', 'last'])
  },
)

test('what is no UTF-8 is replaced', async () => {
  expect(await textsOf(Buffer.from([0x61, 0xff, 0x0a, 0x00, 0xc3]))).toEqual([
    'a\uFFFD',
    '\0\uFFFD',
  ])
})

test('a line of the greatest length is whole, a longer one is cut', async () => {
  const longest = 'x'.repeat(MAX_LINE)
  const content = `${longest}\r\n${longest}y\n${'z'.repeat(300_000)}\nend`
  const expected = [longest, `${longest}…`, `${'z'.repeat(MAX_LINE)}…`, 'end']
  expect(await textsOf(content)).toEqual(expected)
  expect(await textsOf(content, { size: 1000 })).toEqual(expected)
})

test('a search finds text as it stands, in upper or lower case, with its place', async () => {
  const content = 'one (1)\nTWO (2)\nthree\nTwo again\n'
  expect(await linesOf(content, { search: 'two' })).toEqual([
    { number: 2, text: 'TWO (2)' },
    { number: 4, text: 'Two again' },
  ])
  expect(await textsOf(content, { search: '(1)' })).toEqual(['one (1)'])
  expect(await textsOf('ÉTÉ\n', { search: 'été' })).toEqual(['ÉTÉ'])
  expect(await textsOf('a/b-c.d\n', { search: '/b-c.' })).toEqual(['a/b-c.d'])
})

test('every chunk gives a batch, though nothing matches', async () => {
  const batches = await batchesOf('x\n'.repeat(500), { search: 'y', size: 100 })
  expect(batches).toHaveLength(11) // the last one for what follows the last line break
  expect(batches.map(({ bytesRead }) => bytesRead).slice(0, 3)).toEqual([100, 200, 300])
  expect(batches.at(-1)).toEqual({ lines: [], linesRead: 500, bytesRead: 1000 })
})

test('batches are small, and count what was read', async () => {
  const batches = await batchesOf(
    `${'ab\n'.repeat(1000)}${`${'日'.repeat(MAX_LINE)}\n`.repeat(40)}`,
  )
  const lines = batches.flatMap((batch) => batch.lines)
  expect(lines.map(({ number }) => number)).toEqual(Array.from({ length: 1040 }, (_, i) => i + 1))
  for (const batch of batches) {
    expect(batch.lines.length).toBeLessThanOrEqual(100)
    expect(2 * batch.lines.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(33_000)
    expect(batch.linesRead).toBe(batch.lines.at(-1)?.number ?? 1040)
  }
})

test('leaving the loop ends the reading of the file', async () => {
  let isClosed = false
  async function* endless(): AsyncGenerator<Buffer> {
    try {
      for (;;) yield Buffer.from('again\n')
    } finally {
      isClosed = true
    }
  }
  for await (const { linesRead } of readLines(endless(), '')) if (linesRead === 3) break
  expect(isClosed).toBe(true)
})

test('a failure in the middle arrives as one, after the lines before it', async () => {
  const texts: string[] = []
  const reading = (async () => {
    for await (const { lines } of readLines(failing(), '')) {
      texts.push(...lines.map(({ text }) => text))
    }
  })()
  await expect(reading).rejects.toThrow('The disk is gone.')
  expect(texts).toEqual(['one', 'two'])
})
