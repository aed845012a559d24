import { MessageChannel } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { CREDIT } from '../../templates/base/src/ports/channel/incoming-stream.ts'
import { MemoryPort, leave, meet, pack, quiet } from './pair.ts'

/** A library that counts what it has produced. */
function newLibrary() {
  const library = {
    produced: 0,
    async *read() {
      for (;;) yield ++library.produced
    },
  }
  return library
}

test('a producer starts with sixty-four items of credit', () => {
  expect(CREDIT.usual).toBe(64)
})

test('a producer is never further ahead of its reader than its credit', async () => {
  const library = newLibrary()
  const { reader } = meet(library, { ports: MemoryPort.pair() })
  const stream = reader.stream.read()

  for (let read = 1; read <= 200; read++) {
    expect(await stream.next()).toEqual({ value: read, done: false })
    await quiet()
    // One grant for every half of the credit that was read.
    expect(library.produced).toBe(CREDIT.usual + Math.floor(read / 32) * 32)
  }
  await leave(stream)
})

test('a reader grants only what was read, once for every thirty-two items', async () => {
  const { reader, said } = meet(newLibrary())
  const stream = reader.stream.read()
  for (let read = 0; read < 96; read++) await stream.next()
  expect(said.reader).toEqual([
    ['stream', 1, 'read', undefined, 64],
    ['credit', 1, 32],
    ['credit', 1, 32],
    ['credit', 1, 32],
  ])
  await leave(stream)
})

test('a producer pauses while its grants are held back, and goes on when they come', async () => {
  const ports = MemoryPort.pair()
  const library = newLibrary()
  const { reader } = meet(library, { ports })
  const stream = reader.stream.read()
  await stream.next()

  ports[1].hold()
  for (let read = 1; read < 64; read++) await stream.next()
  await quiet()
  expect(library.produced).toBe(64)

  ports[1].release()
  await quiet()
  expect(library.produced).toBe(128)
  await leave(stream)
})

test('a slow reader of one stream does not hold up another', async () => {
  const slow = newLibrary()
  const fast = newLibrary()
  const { reader } = meet({ slow: () => slow.read(), fast: () => fast.read() })
  const unread = reader.stream.slow()
  await unread.next()

  let read = 0
  for await (const _ of reader.stream.fast()) if (++read === 100) break

  expect(slow.produced).toBe(64)
  await leave(unread)
})

test.each([
  [1, 1],
  [3, 2],
  [64, 32],
])('a reader with a credit of %i grants once for every %i items', async (credit, half) => {
  const { reader, said } = meet(newLibrary())
  const stream = reader.with({ credit }).stream.read()
  for (let read = 0; read < 2 * half; read++) await stream.next()
  expect(said.reader).toEqual([
    ['stream', 1, 'read', undefined, credit],
    ['credit', 1, half],
    ['credit', 1, half],
  ])
  await leave(stream)
})

test('a reader that asks for more credit than there is for anyone gets that', async () => {
  const library = newLibrary()
  const { reader, said } = meet(library)
  const stream = reader.with({ credit: 1e9 }).stream.read()
  await stream.next()
  await quiet()
  expect(said.reader).toEqual([['stream', 1, 'read', undefined, CREDIT.most]])
  expect(library.produced).toBe(CREDIT.most)
  await leave(stream)
})

const stream = (credit: number) => ['stream', 1, 'read', undefined, credit]
const grant = (count: number) => ['credit', 1, count]

test.each([
  ['at the start', [pack(stream(1e9))], CREDIT.most],
  ['once it has read', [pack(stream(16)), pack(grant(Number.MAX_SAFE_INTEGER))], 16 + CREDIT.most],
  ['in the same breath', [pack(stream(16), grant(1e9), grant(1e9))], CREDIT.most],
])('a reader that grants more than it may, %s, gets no more than that', async (_, posts, most) => {
  const { port1, port2 } = new MessageChannel()
  const library = newLibrary()
  // A producer that never pauses would keep its process busy for ever: the test would hang.
  const read = async function* (): AsyncGenerator<number> {
    for await (const item of library.read()) {
      if (item > 2 * CREDIT.most) throw new Error('The producer was not paused.')
      yield item
    }
  }
  const channel = openChannel(port2, { read })
  for (const post of posts) port1.postMessage(post)
  await quiet()
  expect(library.produced).toBe(most)
  channel.close()
})
