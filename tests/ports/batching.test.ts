import { describe, expect, test } from 'vitest'
import { transfer } from '../../templates/base/src/ports/channel/transfer.ts'
import { meet, newDeferred, newPorts, quiet, readAll } from './pair.ts'
import { recordPosts } from './posts.ts'

const KIB = 1024

/** A library and a reader; of each, what it has posted. */
function meetRecorded<Library extends object>(library: Library) {
  const ports = newPorts()
  const posts = { reader: recordPosts(ports[0]), library: recordPosts(ports[1]) }
  const reader = { told: (_title: string): void => {} }
  return { ...meet<Library, typeof reader>(library, { reader, ports }), posts }
}

/** A library that writes down what it hears. */
function newListener() {
  const heard: unknown[] = []
  return {
    heard,
    note: (...args: unknown[]): void => void heard.push(...args),
    ask: async (...args: unknown[]): Promise<number> => heard.push(...args),
  }
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)
const sizesOf = (posts: unknown[][]): number[] => posts.map(({ length }) => length)
const note = (...args: unknown[]) => ['notify', 'note', ...args]

describe('What is said in one tick', () => {
  test('is posted at once when it is the first', () => {
    const { reader, posts } = meetRecorded(newListener())
    reader.notify.note('Emma')
    expect(posts.reader).toEqual([[note('Emma')]])
  })

  test('is posted together when it is not the first, after the tick and in order', async () => {
    const { reader, posts } = meetRecorded(newListener())
    for (const page of upTo(20)) reader.notify.note(page)
    expect(posts.reader).toEqual([[note(1)]])

    await quiet()
    const rest = upTo(20).slice(1)
    expect(posts.reader).toEqual([[note(1)], rest.map((page) => note(page))])
  })

  test('arrives in order, whatever the verbs', async () => {
    const listener = newListener()
    const { reader } = meet({
      ...listener,
      read(...args: unknown[]): AsyncIterable<unknown> {
        listener.note(...args)
        return (async function* () {})()
      },
    })
    reader.notify.note(1)
    const asked = reader.call.ask(2)
    const items = readAll(reader.stream.read(3))
    reader.notify.note(4)
    await Promise.all([asked, items, reader.call.ask(5)])
    expect(listener.heard).toEqual([1, 2, 3, 4, 5])
  })

  test('does not wait for what was said in the tick before', async () => {
    const { reader, posts } = meetRecorded(newListener())
    for (const tick of [1, 2, 3]) {
      reader.notify.note(tick, 'first')
      expect(posts.reader.at(-1)).toEqual([note(tick, 'first')])
      reader.notify.note(tick, 'second')
      await quiet()
      expect(posts.reader.at(-1)).toEqual([note(tick, 'second')])
    }
  })

  test('leaves a hundred at a time', async () => {
    const { reader, posts } = meetRecorded(newListener())
    for (const page of upTo(351)) reader.notify.note(page)
    await quiet()
    expect(sizesOf(posts.reader)).toEqual([1, 100, 100, 100, 50])
  })

  test('leaves sooner when it is 32 KiB together', async () => {
    const { reader, posts } = meetRecorded(newListener())
    for (const page of upTo(61)) reader.notify.note(page, 'x'.repeat(3000))
    await quiet()
    expect(sizesOf(posts.reader)).toEqual([1, ...Array<number>(12).fill(5)])
  })

  test('leaves with whatever is above 8 KiB, and before it', async () => {
    const listener = newListener()
    const { reader, posts } = meetRecorded(listener)
    const pages = upTo(12).map((page) => (page % 4 === 0 ? 'x'.repeat(5 * KIB) : `page ${page}`))
    for (const page of pages) reader.notify.note(page)
    expect(posts.reader.flat()).toEqual(pages.map((page) => note(page)))
    await quiet()
    expect(sizesOf(posts.reader)).toEqual([1, 3, 4, 4])
    expect(listener.heard).toEqual(pages)
  })

  test('makes no post above 64 KiB of messages below', async () => {
    const { reader, posts } = meetRecorded(newListener())
    // Two bytes a character: 6 KiB five times, then 56.
    for (const page of upTo(60)) reader.notify.note('x'.repeat((page % 6 === 0 ? 28 : 3) * KIB))
    await quiet()
    for (const post of posts.reader) expect(JSON.stringify(post).length).toBeLessThan(32 * KIB)
    expect(posts.reader.flat()).toHaveLength(60)
  })

  test('leaves before a close of that tick', async () => {
    const listener = newListener()
    const { reader, library } = meet(listener)
    for (const page of upTo(20)) reader.notify.note(page)
    reader.close()
    await library.closed
    expect(listener.heard).toEqual(upTo(20))
  })
})

describe('What is said in successive microtasks', () => {
  test.each([0, 1, 2, 3, 4])('travels together when %i pass in between', async (between) => {
    const { reader, posts } = meetRecorded(newListener())
    for (const page of upTo(20)) {
      reader.notify.note(page)
      for (let turn = 0; turn < between; turn++) await Promise.resolve()
    }
    await quiet()
    expect(sizesOf(posts.reader)).toEqual([1, 19])
  })

  test('travels together when async handlers answer', async () => {
    const { reader, posts } = meetRecorded({
      async find(page: number) {
        for (let turn = 0; turn < page % 4; turn++) await Promise.resolve()
        return page
      },
    })
    const answers = upTo(50).map((page) => reader.call.find(page))
    expect(await Promise.all(answers)).toEqual(upTo(50))
    expect(sizesOf(posts.reader)).toEqual([1, 49])
    expect(sizesOf(posts.library)).toEqual([1, 1, 48])
  })

  test('is one message when it is the items of one stream', async () => {
    const { reader, posts } = meetRecorded({
      async *read(to: number) {
        yield* upTo(to)
      },
    })
    const pages = reader.with({ credit: 100 }).stream.read(50)
    expect(await readAll(pages)).toEqual([...upTo(50), 'end'])
    const items = ['items', 1, ...upTo(50)]
    expect(posts.library).toEqual([[items, ['end', 1, 50]]])
  })

  test('is one message for each run of items, when something else is said between them', async () => {
    const { reader, library, posts } = meetRecorded({
      async *read() {
        yield 1
        yield 2
        library.notify.told('Emma')
        yield 3
        yield 4
      },
    })
    expect(await readAll(reader.stream.read())).toEqual([1, 2, 3, 4, 'end'])
    const [one, other] = [
      ['items', 1, 1, 2],
      ['items', 1, 3, 4],
    ]
    expect(posts.library).toEqual([[one, ['notify', 'told', 'Emma'], other, ['end', 1, 4]]])
  })

  test('keeps the items of streams apart that are read at once', async () => {
    const { reader, posts } = meetRecorded({
      async *read(title: string) {
        for (const page of upTo(40)) yield `${title} ${page}`
      },
    })
    const titles = ['Emma', 'Persuasion', 'Sanditon']
    const read = titles.map((title) => readAll(reader.stream.read(title)))
    const pagesOf = (title: string) => upTo(40).map((page) => `${title} ${page}`)
    expect(await Promise.all(read)).toEqual(titles.map((title) => [...pagesOf(title), 'end']))
    expect(posts.library.length).toBeLessThan(3 * 40)
  })
})

describe('A flood of items', () => {
  /** How many there are before its producer waits, and how many in all. */
  const floods = [
    [101, 101],
    [150, 300],
    [999, 1000],
  ] as const

  test.each(floods)('of %i leaves though its producer waits then', async (before, all) => {
    const gate = newDeferred()
    const { reader, posts } = meetRecorded({
      async *read() {
        for (const page of upTo(all)) {
          if (page > before) await gate.promise
          yield page
        }
      },
    })
    const read: unknown[] = []
    const reading = (async () => {
      for await (const page of reader.with({ credit: 1000 }).stream.read()) read.push(page)
    })()
    await quiet()
    expect(read).toEqual(upTo(before))
    gate.resolve()
    await reading
    expect(read).toEqual(upTo(all))
    expect(posts.library.length).toBeLessThan(20)
  })

  test('keeps its order with whatever is said meanwhile', async () => {
    const told: string[] = []
    const { reader, library } = meet(
      {
        async *read() {
          for (const page of upTo(500)) {
            if (page % 7 === 0) library.notify.told(`page ${page}`)
            yield page % 5 === 0 ? { page } : page
          }
        },
      },
      { reader: { told: (title: string): void => void told.push(title) } },
    )
    const pages = await readAll(reader.with({ credit: 1000 }).stream.read())
    expect(pages).toEqual([...upTo(500).map((page) => (page % 5 === 0 ? { page } : page)), 'end'])
    expect(told).toEqual(upTo(71).map((seventh) => `page ${seventh * 7}`))
  })

  test('says of each item what was true when it was given', async () => {
    const book = { page: 0, marks: [0] }
    const { reader } = meet({
      async *read() {
        for (const page of upTo(250)) {
          book.page = page
          book.marks[0] = page
          yield book
        }
      },
    })
    const pages = await readAll(reader.with({ credit: 1000 }).stream.read())
    expect(pages).toEqual([...upTo(250).map((page) => ({ page, marks: [page] })), 'end'])
  })

  test('moves what is marked, and breaks where something does not cross', async () => {
    const buffers = upTo(3).map(() => new ArrayBuffer(8))
    const { reader } = meet({
      async *read() {
        for (const page of upTo(250))
          yield page % 100 === 50 ? transfer(buffers[Math.floor(page / 100)]!) : page
        yield (() => 'a function') as unknown
      },
    })
    const pages = await readAll(reader.with({ credit: 1000 }).stream.read())
    expect(pages.map((page) => (page instanceof ArrayBuffer ? page.byteLength : page))).toEqual([
      ...upTo(250).map((page) => (page % 100 === 50 ? 8 : page)),
      expect.objectContaining({ code: 'not-cloneable' }),
    ])
    expect(buffers.map(({ byteLength }) => byteLength)).toEqual([0, 0, 0])
  })
})

describe.each([1, 2])('An item that is number %i', (place) => {
  /** The last of so many. */
  function read(last: () => unknown) {
    const { reader } = meet({
      async *read() {
        for (let page = 1; page < place; page++) yield page
        yield last()
      },
    })
    return readAll(reader.stream.read())
  }

  const fail = () => {
    throw new Error('Page 3 is lost.')
  }

  test.each<[what: string, newItem: () => unknown]>([
    [
      'has a getter that throws',
      () => Object.defineProperty({}, 'page', { get: fail, enumerable: true }),
    ],
    ['was moved before', newMoved],
    ['has a function', () => ({ page: 1, turn() {} })],
  ])('breaks the stream with the same code: one that %s', async (_, newItem) => {
    expect((await read(newItem)).at(-1)).toMatchObject({ code: 'not-cloneable' })
  })

  test('is looked at once, whatever its size', async () => {
    for (const size of [10, 10_000]) {
      let looks = 0
      const newItem = () => ({
        get text() {
          looks += 1
          return 'x'.repeat(size)
        },
      })
      expect(await read(newItem)).toContainEqual({ text: 'x'.repeat(size) })
      expect(looks).toBe(1)
    }
  })
})

function newMoved(): Uint8Array {
  const bytes = new Uint8Array(8)
  structuredClone(bytes, { transfer: [bytes.buffer] })
  return bytes
}
