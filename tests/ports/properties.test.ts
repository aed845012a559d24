import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { type Message } from '../../templates/base/src/ports/channel/protocol.ts'
import { moves, newExchange } from './exchange.ts'
import { countListeners, newDeferred, quiet } from './pair.ts'
import {
  type Body,
  type Pause,
  type Size,
  isOpen,
  newBody,
  newPair,
  pause,
  release,
  schedules,
  size,
  take,
  until,
  upTo,
} from './schedules.ts'
import { newTalk, sayings } from './talk.ts'

// A machine may be slow, or play more schedules than usual.
vi.setConfig({ testTimeout: 300_000 })

const unhandled: unknown[] = []
const onUnhandled = (reason: unknown): void => void unhandled.push(reason)

beforeEach(() => {
  process.on('unhandledRejection', onUnhandled)
})

afterEach(() => {
  process.off('unhandledRejection', onUnhandled)
  vi.useRealTimers()
})

const sorted = (numbers: number[]): number[] => numbers.toSorted((one, other) => one - other)

test('what one end says arrives in the order it was said, however it is said', async () => {
  const property = fc.asyncProperty(fc.boolean(), sayings, async (areGenuine, steps) => {
    const talk = await newTalk(areGenuine)
    await talk.play(steps)
    release(talk.ports)
    const { heard, made } = talk
    await until(() => heard.byHandlers.length + heard.byReader.length === made)

    expect(heard.byPort).toEqual(upTo(made))
    expect(heard.byHandlers).toEqual(sorted(heard.byHandlers))
    expect(heard.byReader).toEqual(sorted(heard.byReader))
    expect(heard.byHandlers.length + heard.byReader.length).toBe(made)
    expect(await talk.failures()).toEqual([])
    expect([talk.speaking.dropped, talk.listening.dropped]).toEqual([0, 0])
    talk.speaking.close()
    await talk.listening.closed
  })
  await fc.assert(property, schedules(250))
})

test('what was said before an orderly close arrives, and nothing that was said after', async () => {
  const property = fc.asyncProperty(
    fc.boolean(),
    sayings,
    sayings,
    async (areGenuine, before, after) => {
      const talk = await newTalk(areGenuine)
      await talk.play(before)
      const { heard, made, listening } = talk
      const heardBeforeEnd = listening.closed.then(() => heard.byPort.length)
      talk.speaking.close()
      await talk.play(after)
      release(talk.ports)
      await until(() => heard.byPort.length === made)

      expect(heard.byPort).toEqual(upTo(made))
      expect(await heardBeforeEnd).toBe(made)
      await talk.read
      await quiet()
      expect(heard.byHandlers.length + heard.byReader.length).toBe(made)
      for (const failure of await talk.failures()) {
        expect(failure).toMatchObject({ code: 'closed' })
      }
      expect(unhandled.splice(0)).toEqual([])
    },
  )
  await fc.assert(property, schedules(250))
})

/** How many items a producer has made at rest, when its reader has read so many. */
function madeAtRest(credit: number, read: number): number {
  const half = Math.ceil(credit / 2)
  return credit + Math.floor(read / half) * half
}

/** A book without end, read as an answer or as an argument, and how far both ends are. */
async function newBook(areGenuine: boolean, credit: number, isArgument: boolean, sizes: Size[]) {
  const count = { made: 0, read: 0, ahead: 0 }
  async function* pages(): AsyncGenerator<Body> {
    for (;;) {
      count.made += 1
      count.ahead = Math.max(count.ahead, count.made - count.read)
      yield newBody(count.made, sizes[count.made % sizes.length] ?? 'nothing')
    }
  }
  const ports = newPair(areGenuine)
  const offered = newDeferred<AsyncIterable<Body>>()
  const copy = (items: AsyncIterable<Body>): Promise<never> => {
    offered.resolve(items)
    return new Promise(() => {})
  }
  const reader = openChannel<{ pages: typeof pages }>(ports[0], { copy })
  const library = openChannel<{ copy: typeof copy }>(ports[1], { pages })
  if (isArgument) library.call.copy(pages()).catch(() => {})
  const stream = isArgument ? await offered.promise : reader.with({ credit }).stream.pages()
  const iterator = stream[Symbol.asyncIterator]()
  const seen: number[] = []
  async function readNext(): Promise<void> {
    const { value } = (await iterator.next()) as IteratorYieldResult<Body>
    count.read += 1
    seen.push(value.at)
  }
  return { ports, reader, library, count, seen, readNext }
}

const readings = fc.array(
  fc.oneof(fc.tuple(fc.constant('read'), fc.integer({ min: 1, max: 40 })), pause),
  { maxLength: 20, size: 'max' },
) as fc.Arbitrary<(['read', number] | Pause)[]>

test('a producer is never more than its credit ahead, and never stops short of it', async () => {
  const property = fc.asyncProperty(
    fc.boolean(),
    fc.boolean(),
    fc.integer({ min: 1, max: 64 }),
    fc.array(size, { maxLength: 3 }),
    readings,
    async (areGenuine, isArgument, asksFor, sizes, steps) => {
      const book = await newBook(areGenuine, asksFor, isArgument, sizes)
      const { ports, count, seen, readNext } = book
      const credit = isArgument ? 64 : asksFor
      const pages = [readNext()]
      for (const step of steps) {
        if (step[0] === 'read') for (const _ of upTo(step[1])) pages.push(readNext())
        else await take(step, ports)
        expect(count.made).toBeLessThanOrEqual(madeAtRest(credit, count.read))
      }
      release(ports)
      await until(() => count.read === pages.length)
      await until(() => count.made === madeAtRest(credit, count.read))

      expect(seen).toEqual(upTo(pages.length).map((at) => at + 1))
      expect(count.made).toBe(madeAtRest(credit, count.read))
      expect(count.ahead).toBeLessThanOrEqual(credit)
      expect([book.reader.dropped, book.library.dropped]).toEqual([0, 0])
      book.reader.close()
      await book.library.closed
    },
  )
  await fc.assert(property, schedules(250))
})

/** How often each question was answered. */
function countAnswers(said: Message[]): number[] {
  const counts = new Map<unknown, number>()
  for (const [kind, id] of said) {
    if (['result', 'end', 'error'].includes(kind)) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return [...counts.values()]
}

test('whatever is asked ends once, in a way it may, and leaves nothing behind', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const property = fc.asyncProperty(fc.boolean(), moves, async (areGenuine, schedule) => {
    const exchange = newExchange(areGenuine)
    const { ports, ends, asked, running } = exchange
    for (const move of schedule) await exchange.make(move)
    release(ports)
    await until(() => exchange.wrongAtRest().length === 0)
    expect(exchange.wrongAtRest()).toEqual([])

    for (const { mayBe } of asked) mayBe.add('closed')
    for (const channel of ends) channel.close()
    await quiet()

    expect(asked.filter(({ isAsExpected }) => !isAsExpected)).toEqual([])
    expect([...running]).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
    expect(asked.filter(({ controller }) => countListeners(controller.signal) > 0)).toEqual([])
    expect(ports.filter(isOpen)).toEqual([])
    const counts = exchange.said().flatMap(countAnswers)
    expect(counts.filter((count) => count !== 1)).toEqual([])
    expect(ends.map(({ dropped }) => dropped)).toEqual([0, 0])
    expect(unhandled.splice(0)).toEqual([])
  })
  await fc.assert(property, schedules(400))
})
