import { expect, test } from 'vitest'
import { leave, meet, newDeferred, outcome, quiet, readAll, whenAborted } from './pair.ts'

async function* count(to: number): AsyncGenerator<number> {
  for (let item = 1; item <= to; item++) yield item
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

test.each([0, 1, 15, 16, 17, 100])('%i items arrive in order, then the end', async (last) => {
  const { reader } = meet({ count })
  expect(await readAll(reader.stream.count(last))).toEqual([...upTo(last), 'end'])
})

test('an error in the middle arrives after the items before it', async () => {
  const { reader } = meet({
    async *read() {
      yield* count(20)
      throw new Error('Page 21 is torn.')
    },
  })
  const stream = reader.stream.read()
  await stream.next()
  await quiet() // the error has arrived by now, or waits for credit behind the items
  expect(await readAll(stream)).toEqual([...upTo(20).slice(1), new Error('Page 21 is torn.')])
})

test('whatever can be iterated can be streamed', async () => {
  const { reader } = meet({
    read: () => ['page 1', Promise.resolve('page 2')] as unknown as AsyncIterable<string>,
    later: async () => count(2),
  })
  const { later } = reader.stream as unknown as { later(): AsyncIterable<number> }
  expect(await readAll(reader.stream.read())).toEqual(['page 1', 'page 2', 'end'])
  expect(await readAll(later())).toEqual([1, 2, 'end'])
})

test('a stream that is not iterated sends nothing', async () => {
  const { reader, said } = meet({ count })
  reader.stream.count(3)
  const unread = reader.stream.count(3)
  expect(await leave(unread)).toEqual({ value: undefined, done: true })
  expect(await unread.next()).toEqual({ value: undefined, done: true })
  await quiet()
  expect(said).toEqual({ reader: [], library: [] })
})

test('several readers of one stream get one item each, in the order in which they asked', async () => {
  const { reader } = meet({ count })
  const stream = reader.stream.count(2)
  const asked = [stream.next(), stream.next(), stream.next(), stream.next()]
  expect(await Promise.all(asked)).toEqual([
    { value: 1, done: false },
    { value: 2, done: false },
    { value: undefined, done: true },
    { value: undefined, done: true },
  ])
})

test('one of several readers gets the error, and those after it the end', async () => {
  const { reader } = meet({
    async *read() {
      yield 'page 1'
      throw new Error('Page 2 is torn.')
    },
  })
  const stream = reader.stream.read()
  const asked = [stream.next(), stream.next(), stream.next()].map(outcome)
  expect(await Promise.all(asked)).toEqual([
    { value: { value: 'page 1', done: false } },
    { error: new Error('Page 2 is torn.') },
    { value: { value: undefined, done: true } },
  ])
})

test('a stream that has ended stays ended', async () => {
  const { reader, said } = meet({ count })
  const stream = reader.stream.count(1)
  await readAll(stream)
  const saidByNow = said.reader.length

  expect(await stream.next()).toEqual({ value: undefined, done: true })
  expect(await leave(stream)).toEqual({ value: undefined, done: true })
  expect(await stream.next()).toEqual({ value: undefined, done: true })
  expect(said.reader).toHaveLength(saidByNow)
})

test('streams do not mix, with each other or with calls', async () => {
  const { reader } = meet({
    async *read(title: string) {
      for (let page = 1; page <= 40; page++) yield `${title} ${page}`
    },
    count: async () => 40,
  })
  const pages = (title: string): string[] => upTo(40).map((page) => `${title} ${page}`)
  const seen = await Promise.all([
    readAll(reader.stream.read('Emma')),
    readAll(reader.stream.read('Persuasion')),
    reader.call.count(),
  ])
  expect(seen).toEqual([[...pages('Emma'), 'end'], [...pages('Persuasion'), 'end'], 40])
})

/** A library whose stream says when it is left. */
function meetEndless() {
  const left = newDeferred<string>()
  const meeting = meet({
    async *read(signal?: AbortSignal) {
      try {
        for (let page = 1; ; page++) yield page
      } finally {
        left.resolve(`left, ${signal ? String(signal.reason) : 'without a signal'}`)
      }
    },
  })
  return { ...meeting, left: left.promise }
}

test("a break in the reader's loop runs the producer's finally", async () => {
  const { reader, left } = meetEndless()
  for await (const page of reader.stream.read()) if (page === 20) break
  expect(await left).toBe('left, without a signal')
})

test("a return from the reader's loop runs the producer's finally", async () => {
  const { reader, left } = meetEndless()
  const find = async (): Promise<number | undefined> => {
    for await (const page of reader.stream.read()) if (page === 3) return page
    return undefined
  }
  expect(await find()).toBe(3)
  expect(await left).toBe('left, without a signal')
})

test("an error in the reader's loop runs the producer's finally, and is the reader's own", async () => {
  const { reader, left } = meetEndless()
  const read = async (): Promise<void> => {
    for await (const page of reader.stream.read()) {
      if (page === 3) throw new Error('Too dark to read.')
    }
  }
  expect(await outcome(read())).toEqual({ error: new Error('Too dark to read.') })
  expect(await left).toBe('left, without a signal')
})

test("a reader who leaves ends those who wait for the same stream's items", async () => {
  const { reader } = meet({
    async *read(signal: AbortSignal) {
      yield String(await whenAborted(signal))
    },
  })
  const stream = reader.stream.read(new AbortController().signal)
  const waiting = stream.next()
  await quiet()
  expect(await leave(stream)).toEqual({ value: undefined, done: true })
  expect(await waiting).toEqual({ value: undefined, done: true })
})

test.each([
  ['items', () => {}],
  [
    'an error',
    () => {
      throw new Error('Page 3 is torn.')
    },
  ],
])('a reader who leaves does not get the %s that had arrived', async (_, end) => {
  const { reader } = meet({
    async *read() {
      yield* count(2)
      end()
    },
  })
  const stream = reader.stream.read()
  await stream.next()
  await quiet()
  expect(await leave(stream)).toEqual({ value: undefined, done: true })
  expect(await stream.next()).toEqual({ value: undefined, done: true })
})

test('a producer that is left while it waits for something hears of it by its signal', async () => {
  const stopped = newDeferred<unknown>()
  const { reader } = meet({
    async *read(signal: AbortSignal) {
      yield 'page 1'
      stopped.resolve(await whenAborted(signal))
    },
  })
  for await (const _ of reader.stream.read(new AbortController().signal)) break
  expect(await stopped.promise).toEqual(new Error('The consumer left the stream.'))
})

test('a producer that is left while it makes the item that takes its last credit still ends', async () => {
  const last = newDeferred<number>()
  const left = newDeferred<string>()
  const { reader } = meet({
    async *read() {
      try {
        yield* count(15)
        yield last.promise
        yield 17
      } finally {
        left.resolve('left')
      }
    },
  })
  const stream = reader.stream.read()
  await stream.next()
  await quiet()
  await leave(stream)
  await quiet()

  last.resolve(16)

  expect(await left.promise).toBe('left')
})
