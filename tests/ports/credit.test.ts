import { describe, expect, test } from 'vitest'
import { type Channel, openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { upTo } from './held.ts'
import { MemoryPort, leave, meet, newController, outcome, quiet, readAll } from './pair.ts'
import { type ThreadLibrary, measureHeap } from './thread-library.ts'
import { startThread } from './thread.ts'

/** A library that counts what it has produced. */
function newLibrary() {
  const library = {
    produced: 0,
    async *read(to = Infinity) {
      while (library.produced < to) yield ++library.produced
    },
  }
  return library
}

describe('The credit of a stream', () => {
  test.each([1, 2, 3, 7, 16, 100, 999, 1000])('may be %i items', async (credit) => {
    const library = newLibrary()
    const { reader } = meet(library, { ports: MemoryPort.pair() })
    const items = reader.with({ credit }).stream.read()
    await items.next()
    await quiet()
    expect(library.produced).toBe(credit === 1 ? 2 : credit === 2 ? 3 : credit)
    await leave(items)
  })

  test.each([1001, 5000, 1e15, Number.MAX_SAFE_INTEGER, Infinity])(
    'is a thousand items when %d are asked for',
    async (credit) => {
      const library = newLibrary()
      const { reader, said } = meet(library, { ports: MemoryPort.pair() })
      const items = reader.with({ credit }).stream.read()
      await items.next()
      await quiet()
      expect(library.produced).toBe(1000)
      expect(said.reader).toEqual([['stream', 1, 'read', undefined, 1000]])
      await leave(items)
    },
  )

  test.each([0, -1, 1.5, Number.NaN])(
    'of %d items does not mean to wait for ever',
    async (credit) => {
      const { reader } = meet(newLibrary(), { ports: MemoryPort.pair() })
      const items = reader.with({ credit }).stream.read(3)
      let settled = false
      void outcome(items.next()).then(() => (settled = true))
      await quiet()
      expect(settled).toBe(true)
      await leave(items)
    },
  )

  test('is that of its channel unless it says otherwise, and sixty-four items without either', async () => {
    const open = async (terms: { credit?: number }, own?: { credit?: number }) => {
      const library = newLibrary()
      const { reader } = meet(library, { ports: MemoryPort.pair(), ...terms })
      const items = (own ? reader.with(own) : reader).stream.read()
      await items.next()
      await quiet()
      await leave(items)
      return library.produced
    }
    expect(await open({})).toBe(64)
    expect(await open({ credit: 50 })).toBe(50)
    expect(await open({ credit: 50 }, { credit: 20 })).toBe(20)
    expect(await open({}, { credit: 20 })).toBe(20)
  })

  test.each([2, 4, 16, 100, 1000])('of %i is granted anew by halves', async (credit) => {
    const { reader, said } = meet(newLibrary())
    const items = reader.with({ credit }).stream.read()
    for (let read = 0; read < 3 * credit; read++) await items.next()
    await quiet()
    const [, ...grants] = said.reader
    expect(grants).toEqual(upTo(6).map(() => ['credit', 1, credit / 2]))
    await leave(items)
  })

  test.each([1, 3, 7, 99])('of %i is granted anew by halves, rounded up', async (credit) => {
    const { reader, said } = meet(newLibrary())
    const items = reader.with({ credit }).stream.read()
    const half = Math.ceil(credit / 2)
    for (let read = 0; read < 4 * half; read++) await items.next()
    await quiet()
    const [, ...grants] = said.reader
    expect(grants).toEqual(upTo(4).map(() => ['credit', 1, half]))
    await leave(items)
  })

  test.each([1, 2, 3, 16, 1000])('of %i loses no item and adds none', async (credit) => {
    const { reader } = meet(newLibrary())
    const items = reader.with({ credit }).stream.read(3000)
    expect(await readAll(items)).toEqual([...upTo(3000), 'end'])
    expect(reader.dropped).toBe(0)
  })

  test('is how far ahead the producer is at most, however slow the reader', async () => {
    const library = newLibrary()
    const { reader } = meet(library, { ports: MemoryPort.pair() })
    const items = reader.with({ credit: 40 }).stream.read()
    for (let read = 1; read <= 200; read++) {
      await items.next()
      if (read % 7 === 0) await quiet()
      expect(library.produced - read).toBeLessThanOrEqual(40)
    }
    await leave(items)
  })
})

describe('What a producer sends beyond its credit', () => {
  /** A reader whose library sends what it likes. */
  async function meetIntruder(credit: number) {
    const [port, intruder] = MemoryPort.pair()
    const reader = openChannel<ReturnType<typeof newLibrary>>(port as never)
    intruder.start()
    const items = reader.with({ credit }).stream.read()
    const first = items.next()
    const say = async (...message: unknown[]) => {
      intruder.postMessage([message.length, ...message], [])
      await quiet()
    }
    await say('items', 1, 1)
    expect(await first).toEqual({ value: 1, done: false })
    const finish = async () => {
      intruder.close()
      await reader.closed
    }
    return { reader, items, say, finish }
  }

  test('is dropped and counted', async () => {
    const { reader, items, say, finish } = await meetIntruder(4)
    await say('items', 1, 2, 3, 4)
    expect(reader.dropped).toBe(0)
    await say('items', 1, 5)
    await say('items', 1, 6)
    expect(reader.dropped).toBe(2)
    await say('end', 1)
    expect(await readAll(items)).toEqual([2, 3, 4, 'end'])
    await finish()
  })

  test('is dropped when it comes as one message, however many there are', async () => {
    const { reader, items, say, finish } = await meetIntruder(16)
    await say('items', 1, ...upTo(50_000))
    expect(reader.dropped).toBe(1)
    await say('items', 1, 2)
    await say('end', 1)
    expect(await readAll(items)).toEqual([2, 'end'])
    await finish()
  })

  test('does not count what was read as unread', async () => {
    const { reader, items, say, finish } = await meetIntruder(4)
    await say('items', 1, 2)
    await items.next()
    await say('items', 1, 3, 4, 5, 6)
    expect(reader.dropped).toBe(0)
    await say('items', 1, 7)
    expect(reader.dropped).toBe(1)
    await finish()
    expect((await readAll(items)).slice(0, 4)).toEqual([3, 4, 5, 6])
  })

  test('is the loss of no other stream', async () => {
    const { reader, say, finish } = await meetIntruder(1)
    const others = reader.stream.read()
    const first = others.next()
    await say('items', 1, 2, 3)
    await say('items', 2, 'Emma')
    expect(await first).toEqual({ value: 'Emma', done: false })
    expect(reader.dropped).toBe(1)
    await finish()
  })
})

test('a million items pass a reader who is slow now and then, and the heaps stay flat', async () => {
  const thread = await startThread()
  const channel: Channel<ThreadLibrary> = openChannel(thread.port)
  const library = channel.call
  const { signal } = newController()
  const before = [measureHeap(), await library.heap()]
  const most = [0, 0]
  let read = 0
  for await (const { page } of channel.with({ credit: 1000, signal }).stream.count(1e6)) {
    if (page !== ++read) throw new Error(`Page ${page} came in the place of ${read}.`)
    if (read % 100_000 !== 0) continue
    // Slow enough that the producer has used all its credit.
    await quiet()
    const ahead = (await library.counted()) - read
    expect(ahead).toBeLessThanOrEqual(1000)
    const heaps = [measureHeap(), await library.heap()]
    for (const end of [0, 1]) most[end] = Math.max(most[end]!, heaps[end]! - before[end]!)
  }
  expect(read).toBe(1e6)
  for (const growth of most) expect(growth).toBeLessThan(8 * 1024 * 1024)
  channel.close()
  await thread.end()
}, 30_000)
