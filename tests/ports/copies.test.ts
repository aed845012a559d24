import { describe, expect, test } from 'vitest'
import { expectEqual } from './cases/expect-equal.ts'
import { meet, quiet, readAll } from './pair.ts'
import { newValues } from './values.ts'

const KIB = 1024

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

/** A library that writes down what it hears, each argument by itself. */
function newListener() {
  const heard: unknown[] = []
  return { heard, note: (...args: unknown[]): void => void heard.push(...args) }
}

const places = [
  ['first', 0],
  ['second', 1],
  ['ninth', 8],
] as const

describe.each(places)('A message that is the %s of its tick', (_, before) => {
  /** Sends each list as a message, then does something. Resolves with what arrived. */
  async function send(messages: unknown[][], then: () => void = () => {}): Promise<unknown[]> {
    const listener = newListener()
    const { reader } = meet(listener)
    for (const page of upTo(before)) reader.notify.note(page)
    for (const args of messages) reader.notify.note(...args)
    then()
    reader.notify.note('last')
    await quiet()
    expect(listener.heard.at(-1)).toBe('last')
    return listener.heard.slice(before, -1)
  }

  test('says what was true when it was sent', async () => {
    const newBook = () => ({
      title: 'Emma',
      pages: [1, { marked: true }, [2]],
      bought: new Date(0),
      bytes: new Uint8Array([1, 2, 3]),
    })
    const book = newBook()
    const arrived = await send([[book, book.pages, book.bytes, book.bought]], () => {
      book.pages.splice(1, 1, { marked: false })
      book.bought.setTime(1)
      book.bytes.fill(0)
      Object.assign(book, { title: 'Persuasion', torn: true })
    })
    const { pages, bytes, bought } = newBook()
    expect(arrived).toEqual([newBook(), pages, bytes, bought])
  })

  test('leaves what it was made of as it was', async () => {
    const book = Object.freeze({ pages: Object.freeze([1, Object.freeze({ marked: true })]) })
    const bytes = Buffer.from('Emma')
    await send([[book, bytes]])
    expect(book).toEqual({ pages: [1, { marked: true }] })
    expect(bytes.toString()).toBe('Emma')
  })

  test.each<[what: string, newThing: () => object]>([
    ['an object', () => ({ title: 'Emma' })],
    ['an array', () => [1, 2, 3]],
    ['a typed array', () => new Uint8Array(3)],
    ['a Date', () => new Date(0)],
    ['a Map', () => new Map([[1, 2]])],
  ])('brings %s that is in it twice as one, and in two messages as two', async (_, newThing) => {
    const thing = newThing()
    const arrived = await send([[thing, thing, [{ deep: thing }]], [thing]])
    const [one, again, [inside], other] = arrived as [object, object, { deep: object }[], object]
    expect(one).toStrictEqual(thing)
    expect([again, inside?.deep].map((each) => each === one)).toEqual([true, true])
    expect(other).toStrictEqual(thing)
    expect(other).not.toBe(one)
  })

  const sizes = [
    ['small', 0],
    ['of 10 KiB', 5 * KIB],
    ['large', 50 * KIB],
  ] as const

  /** Ten bytes of a thousand KiB. */
  const newPage = () => new Uint8Array(1000 * KIB).subarray(1000, 1010).fill(7)

  test.each(sizes)('takes of a buffer what a view shows: one that is %s', async (_size, rest) => {
    const arrived = await send([['x'.repeat(rest), newPage(), Buffer.from('Emma')]])
    const [, ...views] = arrived as [string, ...Uint8Array[]]
    expect(views).toEqual([new Uint8Array(10).fill(7), new Uint8Array(Buffer.from('Emma'))])
    expect(views.map(({ buffer }) => buffer.byteLength)).toEqual([10, 4])
  })

  test.each(sizes.slice(0, 2))(
    'takes of a buffer what a view inside an argument shows: one that is %s',
    async (_size, rest) => {
      const page = { text: 'x'.repeat(rest), bytes: newPage(), list: [Buffer.from('Emma')] }
      const [{ bytes, list }] = (await send([[page]])) as [
        { bytes: Uint8Array; list: Uint8Array[] },
      ]
      expect([bytes.length, bytes.buffer.byteLength]).toEqual([10, 10])
      expect(list.map(({ buffer }) => buffer.byteLength)).toEqual([4])
    },
  )

  test.each(newValues().map(([what]) => what))(
    'brings %s as structured clone does',
    async (name) => {
      const value = newValues().find(([what]) => what === name)?.[1]
      const raw: unknown = structuredClone(value)
      const arrived = await send([[value, [value], { value }, [[{ value }]]]])
      expectEqual(arrived, [raw, [raw], { value: raw }, [[{ value: raw }]]])
    },
  )
})

test('values of every kind arrive in the order of their tick, each as it was', async () => {
  const listener = newListener()
  const { reader } = meet(listener)
  const newMessages = () => newValues().flatMap(([what, value]) => [what, value, { what, value }])
  for (const message of newMessages()) reader.notify.note(message)
  await quiet()
  const raw: unknown[] = newMessages().map((message) => structuredClone(message))
  expectEqual(listener.heard, raw)
})

test('items say what was true when they were given', async () => {
  const book = { title: 'Emma', page: 0 }
  const { reader } = meet({
    async *read() {
      for (const page of upTo(10)) yield Object.assign(book, { page })
    },
  })
  const pages = upTo(10).map((page) => ({ title: 'Emma', page }))
  expect(await readAll(reader.stream.read())).toEqual([...pages, 'end'])
})

test('answers say what was true when they were given', async () => {
  const { reader } = meet({
    async find(page: number) {
      const book = { title: 'Emma', page }
      // The answer leaves one microtask after the handler, and waits five for others.
      void Promise.resolve().then(() => queueMicrotask(() => (book.page = -1)))
      return book
    },
  })
  const pages = upTo(10).map((page) => ({ title: 'Emma', page }))
  expect(await Promise.all(upTo(10).map((page) => reader.call.find(page)))).toEqual(pages)
})

test('a value that has itself as its parts again and again is not looked at for ever', async () => {
  const listener = newListener()
  const { reader } = meet(listener)
  let looks = 0
  let value: object = {
    get title() {
      looks += 1
      return 'Emma'
    },
  }
  for (let level = 0; level < 18; level++) value = { one: value, other: value }
  reader.notify.note(value)
  expect(looks).toBeLessThan(10_000)
  await quiet()
  expect(listener.heard).toHaveLength(1)
})
