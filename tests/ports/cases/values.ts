/** What crosses, and how it arrives. */
import type { Case } from './case.ts'
import { expectEqual, expectTrue } from './expect-equal.ts'
import { bytesOf, upTo } from './fixture.ts'
import { LARGE, readAll } from './helpers.ts'

export const values: Case[] = [
  {
    name: 'primitives arrive as they were',
    run: echoes(
      undefined,
      null,
      true,
      0,
      -0,
      NaN,
      -Infinity,
      2 ** 53,
      1.5,
      '',
      'Grüße 👋 \u{0} \ud800',
    ),
  },
  {
    name: 'integers beyond numbers arrive as they were',
    run: echoes(0n, -1n, 2n ** 64n, -(10n ** 100n)),
  },
  {
    name: 'maps, sets, dates and regular expressions arrive as they were',
    run: echoes(
      new Map<unknown, unknown>([
        ['one', 1],
        [{ a: 'key' }, new Map([[NaN, new Set()]])],
      ]),
      new Set<unknown>([1, 'two', [3]]),
      new Date(1_700_000_000_000),
      new Date(NaN),
      /^a (book|page)s?$/giu,
    ),
  },
  {
    name: 'bytes arrive as they were, in arrays of every type',
    async run(meeting) {
      const bytes = new Uint8Array(upTo(64))
      // The whole, and a part of it that begins in the middle.
      const typed = typedArrays.flatMap((type) => [
        new type(bytes.buffer),
        new type(bytes.buffer, 16, 2),
      ])
      await echoes(bytes.buffer, new DataView(bytes.buffer, 3, 5), ...typed)(meeting)
    },
  },
  {
    name: 'reactive state arrives as the plain data that it is of',
    async run({ channel: { call }, port }) {
      // A large proxy would close the ports of main and of utility processes, before Electron 32.
      const sizes = 'addEventListener' in port ? [10, 5000] : [10]
      for (const size of sizes) {
        const todos = [...upTo(size)].map((page) => ({ text: `Read page ${page}`, tags: ['book'] }))
        const state = new Proxy(
          todos.map((todo) => new Proxy(todo, {})),
          {},
        )
        expectEqual(await call.echo({ state }), { state: todos })
      }
    },
  },
  {
    name: 'of a view only the bytes cross that it shows',
    async run({ channel: { call } }) {
      for (const size of [1000, LARGE]) {
        const part = bytesOf(1_000_000, 1).subarray(500, 500 + size)
        const echoed = (await call.echo(part)) as Uint8Array
        expectEqual(echoed, part)
        expectEqual(echoed.buffer.byteLength, size)
      }
    },
  },
  {
    name: 'arrays with gaps and objects with empty places arrive as they were',
    async run(meeting) {
      const sparse: unknown[] = [1, undefined]
      sparse[5] = 'sixth'
      await echoes(
        sparse,
        { empty: undefined },
        {},
        [],
        Object.assign(['extra'], { note: 'kept' }),
      )(meeting)
    },
  },
  {
    name: 'what occurs twice in a value is one thing there, even in itself',
    async run({ channel: { call } }) {
      const author = { name: 'Jane Austen', books: [] as object[] }
      const books = [{ author }, { author }]
      const [first, second] = (await call.echo(books)) as typeof books
      expectTrue(first?.author === second?.author, 'both books have one author')
      author.books = books
      const [echoed] = (await call.echo(books)) as typeof books
      expectEqual(echoed, books[0])
      expectTrue(echoed?.author.books[0] === echoed, 'the book is one of its author')
    },
  },
  {
    name: 'errors are values, too, with their type and cause',
    run: echoes(new RangeError('No such page.', { cause: { page: 400 } }), [
      new Error('in a list'),
    ]),
  },
  {
    name: 'a message says what was true when it was sent',
    async run({ channel: { call } }) {
      const page = { number: 0, lines: ['first'], bytes: new Uint8Array(4) }
      const answers = Array.from(upTo(20), (number) => {
        page.number = number
        page.bytes.fill(number)
        return call.echo(page)
      })
      page.lines.push('too late')
      const expected = Array.from(upTo(20), (number) => {
        return { number, lines: ['first'], bytes: new Uint8Array(4).fill(number) }
      })
      expectEqual(await Promise.all(answers), expected)
    },
  },
]

const typedArrays = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
]

/** Sends values there and back: alone, all together, and as items of a stream. */
function echoes(...sent: unknown[]): Case['run'] {
  return async ({ channel: { call, stream } }) => {
    for (const value of sent) expectEqual(await call.echo(value), value)
    expectEqual(await call.echoAll(...sent), sent)
    expectEqual(await readAll(stream.echoEach(...sent)), [...sent, 'end'])
  }
}
