/**
 * What holds of a channel wherever its two ends are. Every case is tried on a channel of its own; it
 * throws where it does not hold. Nothing here knows of Vitest, Node or Electron.
 */
import type { Channel, ChannelOptions } from '../../../templates/base/src/ports/channel/channel.ts'
import { openChannel } from '../../../templates/base/src/ports/channel/channel.ts'
import { PortError } from '../../../templates/base/src/ports/errors.ts'
import type { PortLike } from '../../../templates/base/src/ports/channel/port.ts'
import { transfer } from '../../../templates/base/src/ports/channel/transfer.ts'
import { expectEqual, expectTrue } from './expect-equal.ts'
import { type Library, type Probe, type TestReader, bytesOf, pause, upTo } from './fixture.ts'

/** What can be done between two ends, which differs. */
export interface Terms {
  /** Buffers and ports can be moved in messages. */
  moves: boolean
  /** The library is in the main process or in a utility process. */
  toProcess: boolean
}

/** The end that asks, and what it knows of the other. */
export interface Meeting {
  channel: Channel<Library>
  reader: TestReader
  /** The reader's, for what no channel would do. */
  port: PortLike
  terms: Terms
}

export interface Case {
  /** A sentence. */
  name: string
  /** On which terms it can be tried; on all unless it says so. */
  isFor?(terms: Terms): boolean
  /** For the reader's end. */
  options?: ChannelOptions
  /** How long it may take, in milliseconds. */
  patience?: number
  run(meeting: Meeting): Promise<void>
  /** What must be so at the library's end after the channel was closed. */
  after?(seen: Probe, reason: PortError): void
}

/** Above this, in bytes, a message is a large one. */
const LARGE = 70_000

/** For calls that shall not be answered before they are given up. */
const never = (): AbortSignal => new AbortController().signal

/** Something that structured clone refuses. */
const uncloneable = (): unknown => () => 'cannot cross'

const calls: Case[] = [
  {
    name: 'a call is answered, with what its arguments ask for',
    async run({ channel: { call } }) {
      expectEqual(await call.add(1, 2), 3)
      expectEqual(await call.nothing(), undefined)
      expectEqual(await call.echoAll(...upTo(200)), [...upTo(200)])
    },
  },
  {
    name: 'a slow call does not keep a quick one waiting',
    async run({ channel: { call } }) {
      const order: string[] = []
      const slow = call.nap(100).then((answer) => order.push(answer))
      await call.add(1, 2).then(() => order.push('added'))
      await slow
      expectEqual(order, ['added', 'rested'])
    },
  },
  {
    name: 'a thousand calls at once get each its own answer',
    async run({ channel: { call } }) {
      const answers = await Promise.all(Array.from(upTo(1000), (number) => call.add(number, 1)))
      expectEqual(answers, [...upTo(1001)].slice(1))
    },
  },
  {
    name: 'ten thousand calls and notifications arrive in order, small and large ones mixed',
    async run({ channel: { call, notify } }) {
      const answers: Promise<number>[] = []
      for (const number of upTo(10_000)) {
        const baggage = baggageOf(number)
        if (number % 3 === 0) answers.push(call.mark(number, baggage))
        else notify.note(number, baggage)
        // Some more of it in other ticks, while the first is on its way.
        if (number % 2500 === 0) await pause(0)
      }
      // As many are there as were sent before.
      expectEqual(
        await Promise.all(answers),
        [...upTo(10_000)].filter((number) => number % 3 === 0),
      )
      const { noted } = await call.probe()
      expectEqual(noted, [...upTo(10_000)])
    },
  },
]

/** Most messages are small. */
function baggageOf(number: number): unknown {
  if (number % 500 === 7) return bytesOf(LARGE, number)
  if (number % 200 === 8) return new Map([[number, 'not plain, hence sent as a large one is']])
  if (number % 100 === 9) return 'too big to share a post '.repeat(500)
  return number % 10 === 1 ? { of: ['some', 'small', 'things'] } : undefined
}

const values: Case[] = [
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

const large: Case[] = [
  {
    name: 'three hundred messages of 70 KB arrive in order, and so do their answers',
    async run({ channel: { call } }) {
      const order: number[] = []
      const ask = async (number: number): Promise<void> => {
        const page = bytesOf(LARGE, number)
        expectEqual(await call.echo(page), page)
        order.push(number)
      }
      await Promise.all(Array.from(upTo(300), ask))
      expectEqual(order, [...upTo(300)])
    },
  },
  {
    name: 'a message of 8 MB crosses, of bytes or of text',
    async run({ channel: { call } }) {
      for (const value of [bytesOf(8_000_000, 1), 'eight megabytes '.repeat(250_000)]) {
        const echoed = await call.echo(value)
        expectTrue(sizeOf(echoed) === sizeOf(value), 'it has the same size')
        expectEqual(await call.add(1, 2), 3)
      }
    },
  },
  {
    name: 'a stream may have large items',
    async run({ channel: { stream } }) {
      const pages = await readAll(stream.bigPages(50, LARGE))
      expectEqual(pages, [...Array.from(upTo(50), (page) => bytesOf(LARGE, page)), 'end'])
    },
  },
]

function sizeOf(value: unknown): number {
  return (value as Uint8Array).byteLength ?? (value as string).length
}

const streams: Case[] = [
  {
    name: 'a stream brings its items in order, then its end',
    async run({ channel }) {
      for (const last of [0, 1, 15, 16, 17, 1000]) {
        expectEqual(await readAll(channel.stream.count(last)), [...upTo(last), 'end'])
      }
      const wide = channel.with({ credit: 1000 })
      expectEqual(await readAll(wide.stream.count(10_000)), [...upTo(10_000), 'end'])
    },
  },
  {
    name: 'a stream that fails in the middle brings first what came before',
    async run({ channel: { stream } }) {
      const error = new Error('Page 21 is torn.')
      expectEqual(await readAll(stream.torn(20)), [...upTo(20), error])
    },
  },
  {
    name: 'a break in the loop over a stream stops the producer',
    async run({ channel: { call, stream } }) {
      for await (const number of stream.endless()) if (number === 40) break
      await until(call, ({ running, left }) => running === 0 && left === 1)
    },
  },
  {
    name: 'a signal stops a stream at both ends',
    async run({ channel: { call, stream } }) {
      const controller = new AbortController()
      const items = stream.silent(controller.signal)[Symbol.asyncIterator]()
      expectEqual(await items.next(), { value: 'the only one', done: false })
      const next = failureOf(items.next())
      controller.abort(new RangeError('Enough.'))
      expectEqual(await next, new RangeError('Enough.'))
      await until(call, ({ running }) => running === 0)
      expectEqual((await call.probe()).stoppedFor, ['RangeError: Enough.'])
    },
  },
  {
    name: 'a producer is never ahead of a slow consumer by more than the credit',
    async run({ channel }) {
      const { call, stream } = channel.with({ credit: 6 })
      const items = stream.count(60)[Symbol.asyncIterator]()
      for (const consumed of upTo(60)) {
        expectEqual((await items.next()).value, consumed)
        // Now and then long enough for a producer that does not wait to get far ahead.
        if (consumed % 10 === 1) await pause(5)
        const { yielded } = await call.probe()
        expectTrue(yielded <= consumed + 6, `${yielded} are at most 6 more than ${consumed}`)
      }
      expectTrue((await items.next()).done === true, 'the stream ends')
    },
  },
  {
    name: 'streams and calls at the same time do not mix',
    async run({ channel: { call, stream } }) {
      const seen = await Promise.all([
        readAll(stream.count(300)),
        readAll(stream.torn(200)),
        Promise.all(Array.from(upTo(100), (number) => call.add(number, 0))),
        readAll(stream.bigPages(3, LARGE)),
      ])
      expectEqual(seen, [
        [...upTo(300), 'end'],
        [...upTo(200), new Error('Page 201 is torn.')],
        [...upTo(100)],
        [...Array.from(upTo(3), (page) => bytesOf(LARGE, page)), 'end'],
      ])
    },
  },
  {
    name: 'a stream that gives nothing in time fails, and its producer stops',
    async run({ channel }) {
      const { stream } = channel.with({ timeout: 30 })
      const [item, error] = await readAll(stream.silent(never()))
      expectEqual([item, codeOf(error)], ['the only one', 'timeout'])
      await until(channel.call, ({ running }) => running === 0)
    },
  },
]

const streamArguments: Case[] = [
  {
    name: 'a stream among the arguments is read at the other end',
    async run({ channel: { call, stream }, reader }) {
      expectEqual(await call.sum(reader.count(1000)), 500_500)
      const pairs = await readAll(stream.pairUp(reader.count(50), reader.count(50)))
      expectEqual(pairs, [...Array.from(upTo(50), (number) => [number, number]), 'end'])
      await eventually(() => reader.left === 3, 'its producers are left')
    },
  },
  {
    name: 'a stream among the arguments that fails brings its error there',
    async run({ channel: { call } }) {
      const error = await failureOf(call.sum(tearing()))
      expectEqual(error, new Error('Page 3 is torn.'))
    },
  },
  {
    name: 'a stream among the arguments is left when its call is over',
    async run({ channel: { call }, reader }) {
      expectEqual(await call.firstOf(reader.count(Infinity)), 1)
      await eventually(() => reader.left === 1, 'its producer is left')
    },
  },
]

async function* tearing(): AsyncGenerator<number> {
  yield* [1, 2]
  throw new Error('Page 3 is torn.')
}

const cancelling: Case[] = [
  {
    name: 'a signal among the arguments stops the handler, which learns of the reason',
    async run({ channel: { call } }) {
      const controller = new AbortController()
      const answer = failureOf(call.wait(controller.signal))
      await until(call, ({ running }) => running === 1)
      const reason = new RangeError('Too late.')
      controller.abort(reason)
      expectTrue((await answer) === reason, 'the call rejects with the reason itself')
      await until(call, ({ running }) => running === 0)
      expectEqual((await call.probe()).stoppedFor, ['RangeError: Too late.'])
    },
  },
  {
    name: "the platform's own reason for an abort has its name there",
    async run({ channel: { call } }) {
      const controller = new AbortController()
      const answer = failureOf(call.wait(controller.signal))
      controller.abort()
      expectEqual(((await answer) as Error).name, 'AbortError')
      await until(call, ({ stoppedFor }) => stoppedFor.length === 1)
      const [reason = ''] = (await call.probe()).stoppedFor
      expectTrue(reason.startsWith('AbortError: '), `"${reason}" is an AbortError`)
    },
  },
  {
    name: 'a signal that the terms of a call have ends its wait',
    async run({ channel }) {
      const controller = new AbortController()
      const answer = failureOf(channel.with({ signal: controller.signal }).call.nap(50))
      controller.abort('enough')
      expectEqual(await answer, 'enough')
      expectEqual(
        await failureOf(channel.with({ signal: controller.signal }).call.nap(1)),
        'enough',
      )
    },
  },
  {
    name: 'a call that is not answered in time fails, and its handler stops',
    async run({ channel }) {
      const error = await failureOf(channel.with({ timeout: 30 }).call.wait(never()))
      expectEqual(codeOf(error), 'timeout')
      await until(channel.call, ({ running }) => running === 0)
      const [reason = ''] = (await channel.call.probe()).stoppedFor
      expectTrue(reason.startsWith('PortError: '), `"${reason}" is a PortError`)
    },
  },
]

const uncloneables: Case[] = [
  {
    name: 'an argument that cannot be cloned fails that call alone',
    async run({ channel: { call, notify } }) {
      const bad = [uncloneable(), Symbol('no'), Promise.resolve(), new WeakMap(), throwing()]
      for (const value of [...bad, { deep: [new Map([[1, uncloneable()]])] }]) {
        const answers = [call.add(1, 2), codeFailing(call.echo(value)), call.add(3, 4)]
        expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
        expectEqual(await codeFailing(call.echo(value)), 'not-cloneable')
        expectEqual(await codeFailing(async () => notify.note(1, value)), 'not-cloneable')
      }
      expectEqual((await call.probe()).noted, [])
    },
  },
  {
    name: 'a list with a method of its own fails its call alone',
    async run({ channel: { call } }) {
      const list = Object.assign([1, 2], { first: uncloneable() })
      const answers = [call.add(1, 2), codeFailing(call.echo(list)), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
      await pause(0)
      expectEqual(await codeFailing(call.echo(list)), 'not-cloneable')
      expectEqual(await call.add(1, 2), 3)
    },
  },
  {
    name: 'bytes that were moved away fail their call alone',
    async run({ channel: { call } }) {
      const bytes = new Uint8Array(8)
      const { port1, port2 } = new MessageChannel()
      port1.postMessage(0, [bytes.buffer])
      for (const port of [port1, port2]) port.close()
      const answers = [call.add(1, 2), codeFailing(call.echo(bytes)), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
      await pause(0)
      expectEqual(await codeFailing(call.echo(bytes)), 'not-cloneable')
      expectEqual(await call.add(1, 2), 3)
    },
  },
  {
    name: 'an argument that cannot be cloned fails its call alone behind large messages, too',
    async run({ channel: { call, notify } }) {
      for (const number of upTo(30)) notify.note(number, bytesOf(LARGE, number))
      const answers = [call.add(1, 2), codeFailing(call.echo(uncloneable())), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
      expectEqual((await call.probe()).noted, [...upTo(30)])
    },
  },
  {
    name: 'an answer that cannot be cloned fails its call alone',
    async run({ channel: { call } }) {
      const answers = [call.add(1, 2), codeFailing(call.giveFunction()), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
      expectEqual(await call.add(1, 2), 3)
    },
  },
  {
    name: 'an item that cannot be cloned fails its stream alone, and its producer is left',
    async run({ channel: { call, stream } }) {
      const [bad, good] = await Promise.all([
        readAll(stream.giveFunctions()),
        readAll(stream.count(20)),
      ])
      expectEqual([bad[0], codeOf(bad[1])], ['page 1', 'not-cloneable'])
      expectEqual(good, [...upTo(20), 'end'])
      await until(call, ({ running, left }) => running === 0 && left === 2)
    },
  },
]

function throwing(): object {
  return {
    get it(): never {
      throw new Error('not to be read')
    },
  }
}

const moving: Case[] = [
  {
    name: 'a marked buffer is moved, and so is one that is answered',
    isFor: ({ moves }) => moves,
    async run({ channel: { call } }) {
      const page = bytesOf(LARGE, 1).buffer
      expectEqual(await call.echo(transfer(page)), bytesOf(LARGE, 1).buffer)
      expectEqual(page.byteLength, 0)
      expectEqual((await call.giveBuffer(LARGE)).byteLength, LARGE)
    },
  },
  {
    name: 'a marked buffer is moved behind large messages, too',
    isFor: ({ moves }) => moves,
    async run({ channel: { call, notify } }) {
      for (const number of upTo(30)) notify.note(number, bytesOf(LARGE, number))
      const page = new ArrayBuffer(8)
      const answer = call.echo(transfer(page))
      expectEqual(page.byteLength, 0)
      expectEqual(((await answer) as ArrayBuffer).byteLength, 8)
    },
  },
  {
    name: 'a marked port is moved, and a channel can be opened over it',
    isFor: ({ moves }) => moves,
    async run({ channel: { call, notify } }) {
      for (const count of [0, 30]) {
        // The second one waits behind large messages.
        for (const number of upTo(count)) notify.note(number, bytesOf(LARGE, number))
        const { port1, port2 } = new MessageChannel()
        const desk = openChannel(port1, { ask: async (title: string) => `${title} is out.` })
        expectEqual(await call.visit(transfer(port2)), 'Emma is out.')
        await desk.closed
      }
    },
  },
  {
    name: 'a buffer that cannot be moved there is refused, and stays',
    isFor: ({ moves }) => !moves,
    async run({ channel: { call } }) {
      const page = new ArrayBuffer(8)
      const answers = [call.add(1, 2), codeFailing(call.echo(transfer(page))), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
      expectEqual(page.byteLength, 8)
      expectEqual(await codeFailing(call.giveBuffer(8)), 'not-cloneable')
      expectEqual(await call.add(1, 2), 3)
    },
  },
  {
    name: 'a buffer that cannot be moved there is refused behind large messages, too',
    isFor: ({ moves }) => !moves,
    async run({ channel: { call, notify } }) {
      for (const number of upTo(30)) notify.note(number, bytesOf(LARGE, number))
      const page = new ArrayBuffer(8)
      const answers = [call.add(1, 2), codeFailing(call.echo(transfer(page))), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
      expectEqual(page.byteLength, 8)
    },
  },
  {
    // It can be cloned within the process that has it, so that it may wait, but not leave.
    name: 'shared memory is refused behind large messages, too',
    isFor: ({ moves, toProcess }) => !moves && !toProcess,
    async run({ channel: { call, notify } }) {
      for (const number of upTo(30)) notify.note(number, bytesOf(LARGE, number))
      const shared = new SharedArrayBuffer(8)
      const answers = [call.add(1, 2), codeFailing(call.echo(shared)), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
    },
  },
  {
    name: 'a port that cannot be moved there is refused, and stays open',
    isFor: ({ moves }) => !moves,
    async run({ channel: { call } }) {
      const { port1, port2 } = new MessageChannel()
      expectEqual(await codeFailing(call.visit(transfer(port2))), 'not-cloneable')
      const desk = openChannel(port1, { ask: async (title: string) => `${title} is out.` })
      const visitor = openChannel<{ ask(title: string): Promise<string> }>(port2)
      expectEqual(await visitor.call.ask('Emma'), 'Emma is out.')
      visitor.close()
      await desk.closed
      expectEqual(await call.add(1, 2), 3)
    },
  },
  {
    name: 'a Blob is refused towards a process that would not get it',
    isFor: ({ toProcess }) => toProcess,
    async run({ channel: { call } }) {
      const blob = new Blob(['Emma'])
      const nested = [{ deep: [blob] }, new Map([[1, new Set([blob])]])]
      for (const value of [blob, ...nested, new Error('It has a picture.', { cause: blob })]) {
        expectEqual(await codeFailing(call.echo(value)), 'not-cloneable')
      }
      expectEqual(await call.add(1, 2), 3)
    },
  },
  {
    name: 'a Blob crosses',
    isFor: ({ moves }) => moves,
    async run({ channel: { call } }) {
      const echoed = (await call.echo(new Blob(['Emma']))) as Blob
      expectEqual(await echoed.text(), 'Emma')
    },
  },
]

const failing: Case[] = [
  {
    name: 'an error has its name, message, code, fields and cause at the other end',
    async run({ channel: { call } }) {
      const error = (await failureOf(call.failRichly())) as Error & Record<string, unknown>
      const { name, message, cause, ...fields } = { ...error, ...pick(error) }
      expectEqual([name, message], ['ShelfError', 'The book was not put back.'])
      expectEqual(fields, {
        code: 'SHELF_FULL',
        shelf: { row: 3, titles: ['Emma', 'Persuasion'] },
        since: new Date(0),
      })
      expectEqual(pick(cause as Error), {
        name: 'TypeError',
        message: 'The shelf is full.',
        cause: 'too many books',
      })
      expectTrue(error instanceof Error, 'it is an Error')
    },
  },
  {
    name: 'an error arrives although one of its fields may not cross',
    async run({ channel: { call } }) {
      const error = (await failureOf(call.failWithBlob())) as Error & { row: unknown }
      expectEqual([error.message, error.row], ['The book was not put back.', 3])
    },
  },
  {
    name: 'a call is given up although a field of the reason may not cross',
    async run({ channel: { call } }) {
      const controller = new AbortController()
      const answer = failureOf(call.wait(controller.signal))
      const reason = Object.assign(new Error('Too late.'), { cover: new Blob(['']) })
      controller.abort(reason)
      expectTrue((await answer) === reason, 'the call rejects with the reason itself')
      await until(call, ({ running }) => running === 0)
    },
  },
  {
    name: 'what is thrown need not be an error',
    async run({ channel: { call } }) {
      for (const thrown of [null, undefined, 'a text', 42, 10n, false]) {
        expectEqual(await failureOf(call.failWith(thrown)), thrown)
      }
      expectEqual(await failureOf(call.failWith({ not: 'an error' })), '[object Object]')
    },
  },
  {
    name: "the kernel's own errors keep their class and code",
    async run({ channel: { call } }) {
      const error = await failureOf(call.failOfPort())
      expectTrue(error instanceof PortError, 'it is a PortError')
      expectEqual(error, new PortError('unavailable', 'The library opens at nine.'))
    },
  },
  {
    name: 'what the other end does not serve says so',
    async run({ channel: { ask } }) {
      for (const method of ['lend', 'constructor', 'toString', 'hasOwnProperty', '__proto__']) {
        expectEqual(await codeFailing(ask.call(method, [])), 'no-handler')
        expectEqual(codeOf((await readAll(ask.stream(method, [])))[0]), 'no-handler')
      }
    },
  },
  {
    name: 'posts that are no messages are dropped and counted, and nothing else happens',
    async run({ channel: { call }, port }) {
      const nonsense = [
        null,
        undefined,
        'text',
        7,
        {},
        [],
        [0],
        [-1],
        [2, 'lend', 1],
        [1],
        [1, 'call'],
      ]
      for (const post of nonsense) port.postMessage(post, [])
      // What is empty has nothing in it that would be none.
      expectEqual((await call.probe()).dropped, nonsense.length - 1)
      expectEqual(await call.add(1, 2), 3)
    },
    after: ({ dropped }) => expectEqual(dropped, 10),
  },
]

function pick({ name, message, cause }: Error): object {
  return { name, message, cause }
}

const closing: Case[] = [
  {
    name: 'what was sent before a close arrives before it',
    async run({ channel: { notify, close } }) {
      for (const number of upTo(1000)) notify.note(number)
      close('it is night.')
    },
    after({ noted }, reason) {
      expectEqual(noted, [...upTo(1000)])
      expectEqual(reason, new PortError('closed', 'The other end closed the port: it is night.'))
    },
  },
  {
    name: 'what waits behind large messages arrives before the close, too',
    async run({ channel: { notify, close } }) {
      for (const number of upTo(100)) notify.note(number, bytesOf(LARGE, number))
      for (const number of [101, 102, 103]) notify.note(number)
      close('it is night.')
    },
    after({ noted }, reason) {
      expectEqual(noted, [...upTo(103)])
      expectEqual(reason, new PortError('closed', 'The other end closed the port: it is night.'))
    },
  },
  {
    name: 'whatever waits fails when the other end closes, after what it sent before',
    async run({ channel: { call, stream, closed }, reader }) {
      const items = stream.silent(never())[Symbol.asyncIterator]()
      await items.next()
      const waiting = [call.wait(never()), items.next(), call.closeAfterTelling(500)].map(failureOf)
      const error = new PortError('closed', 'The other end closed the port: it is night.')
      expectEqual(await Promise.all(waiting), [error, error, error])
      expectEqual(reader.told, [...upTo(500)])
      expectEqual(await closed, error)
    },
    after({ stoppedFor }) {
      const here = 'PortError: This end closed the port: it is night.'
      expectEqual(stoppedFor, [here, here])
    },
  },
  {
    name: 'whatever waits fails when its own end closes, and the handlers are stopped',
    async run({ channel: { call, stream, close } }) {
      const items = stream.silent(never())[Symbol.asyncIterator]()
      await items.next()
      for await (const _ of stream.count(20)) break
      const waiting = [call.wait(never()), items.next()].map(failureOf)
      await until(call, ({ running }) => running === 2)
      close('it is night.')
      const error = new PortError('closed', 'This end closed the port: it is night.')
      expectEqual(await Promise.all(waiting), [error, error])
    },
    after({ stoppedFor }) {
      const there = 'PortError: The other end closed the port: it is night.'
      expectEqual(stoppedFor, [there, there])
    },
  },
  {
    name: 'a closed channel fails whatever is asked, and may be closed again',
    async run({ channel: { call, stream, notify, close, closed } }) {
      close('it is night.')
      close('it is day.')
      const error = new PortError('closed', 'This end closed the port: it is night.')
      expectEqual(await closed, error)
      expectEqual(await failureOf(call.add(1, 2)), error)
      expectEqual(await readAll(stream.count(3)), [error])
      expectEqual(await failureOf(async () => notify.note(1)), error)
    },
    after: ({ noted }) => expectEqual(noted, []),
  },
  {
    name: 'a port that closes without a word ends the channel',
    async run({ channel: { call }, port }) {
      void call.wait(never()).catch(() => {})
      await until(call, ({ running }) => running === 1)
      port.close()
    },
    after({ stoppedFor }, reason) {
      expectEqual(reason, new PortError('closed', 'The other end of the port is gone.'))
      expectEqual(stoppedFor, ['PortError: The other end of the port is gone.'])
    },
  },
]

const askingBack: Case[] = [
  {
    name: 'both ends ask each other at the same time',
    async run({ channel: { call }, reader }) {
      const asked = await Promise.all([
        ...Array.from(upTo(200), (number) => call.askBack(number)),
        call.bounce(50),
        call.sumOfReader(100),
        call.tellBack(500),
      ])
      const doubled = Array.from(upTo(200), (number) => 2 * number)
      expectEqual(asked, [...doubled, 50, 5050, undefined])
      expectEqual(reader.told, [...upTo(500)])
      await eventually(() => reader.left === 1, "the reader's producer is left")
    },
  },
]

export const cases: Case[] = [
  ...calls,
  ...values,
  ...large,
  ...streams,
  ...streamArguments,
  ...cancelling,
  ...uncloneables,
  ...moving,
  ...failing,
  ...closing,
  ...askingBack,
]

/** Reads a stream to its end, or to its error. */
async function readAll(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const seen: unknown[] = []
  try {
    for await (const item of items) seen.push(item)
    seen.push('end')
  } catch (error) {
    seen.push(error)
  }
  return seen
}

/** What a promise, or the one that a function returns, rejects with. */
async function failureOf(attempt: Promise<unknown> | (() => Promise<unknown>)): Promise<unknown> {
  let value: unknown
  try {
    value = await (typeof attempt === 'function' ? attempt() : attempt)
  } catch (error) {
    return error
  }
  throw new Error(`It did not fail, but gave ${String(value)}.`)
}

async function codeFailing(attempt: Parameters<typeof failureOf>[0]): Promise<unknown> {
  return codeOf(await failureOf(attempt))
}

/** The code of an error of the kernel; any other is itself. */
function codeOf(error: unknown): unknown {
  return error instanceof PortError ? error.code : error
}

/** Waits for something to be so at the library's end. */
function until(call: Channel<Library>['call'], holds: (seen: Probe) => boolean): Promise<void> {
  return eventually(async () => holds(await call.probe()), `${holds} at the other end`)
}

/** Waits for something that no event tells of. */
export async function eventually(
  holds: () => boolean | Promise<boolean>,
  claim: string,
): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (await holds()) return
    await pause(attempt < 20 ? 0 : 10)
  }
  expectTrue(false, claim)
}
