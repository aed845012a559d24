import * as fc from 'fast-check'
import { vi } from 'vitest'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import type { Message } from '../../templates/base/src/ports/channel/protocol.ts'
import { newDeferred, whenAborted } from './pair.ts'
import { recordPosts } from './posts.ts'
import { type Body, type End, type Pause, lose, newPair, pause, take } from './schedules.ts'

const ways = ['call', 'stream', 'argument'] as const

/** What a handler may do once it is let. */
const acts = {
  value: (at: number) => ({ at }),
  'a large value': (at: number) => ({ at, baggage: 'x'.repeat(40_000) }),
  error: (at: number) => {
    throw new RangeError(String(at))
  },
  'not-cloneable': (at: number) => () => at,
}

type Act = keyof typeof acts
type Way = (typeof ways)[number]

interface Terms {
  timeout?: number
  credit: number
}

export type Move =
  | ['ask', End, Way, Terms]
  | ['answer', which: number, Act]
  | ['abort' | 'leave', which: number]
  | ['a second']
  | ['close' | 'lose', End]
  | Pause

const end = fc.constantFrom(0, 1)
const which = fc.nat(1000)
const terms = fc.record(
  { timeout: fc.constant(500), credit: fc.integer({ min: 1, max: 4 }) },
  { requiredKeys: ['credit'] },
)

/** A schedule for two ends that ask each other. */
export const moves = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.tuple(fc.constant('ask'), end, fc.constantFrom(...ways), terms) },
    {
      weight: 8,
      arbitrary: fc.tuple(fc.constant('answer'), which, fc.constantFrom(...Object.keys(acts))),
    },
    { weight: 4, arbitrary: fc.tuple(fc.constantFrom('abort', 'leave'), which) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('a second')) },
    { weight: 8, arbitrary: pause },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('close', 'lose'), end) },
  ),
  { maxLength: 40, size: 'max' },
) as fc.Arbitrary<Move[]>

/** Something that was asked, and what became of it. */
export class Asked {
  readonly controller = new AbortController()
  /** Opened when the handler may go on, and with what. */
  readonly gate = newDeferred<() => unknown>()
  /** What may have become of it by now. */
  readonly mayBe = new Set<string>()
  readonly was: string[] = []
  readonly at: number
  readonly hasTimeout: boolean
  isAnswered = false
  leave: (() => void) | undefined

  constructor(at: number, hasTimeout: boolean) {
    this.at = at
    this.hasTimeout = hasTimeout
  }

  /** Whether it has ended once, in a way it may, or not at all when nothing has ended it. */
  get isAsExpected(): boolean {
    if (this.mayBe.size === 0) return this.was.length === 0
    return this.was.length === 1 && this.mayBe.has(this.was[0]!)
  }

  end(outcome: unknown): void {
    this.was.push(this.#nameOf(outcome))
  }

  #nameOf(outcome: unknown): string {
    if (outcome === this.at) return 'value'
    if (outcome === this.controller.signal.reason) return 'abort'
    if (outcome instanceof PortError) return outcome.code
    const isThrown = outcome instanceof Error && outcome.name === 'RangeError'
    return isThrown && outcome.message === String(this.at) ? 'error' : String(outcome)
  }
}

/** What each end serves: work that takes as long as the test says, or until it is stopped. */
interface Desk {
  call(at: number, signal: AbortSignal): Promise<Body>
  stream(at: number, signal: AbortSignal): AsyncIterable<Body>
  argument(at: number, items: AsyncIterable<number>, signal: AbortSignal): Promise<Body>
}

/** Two ends that ask each other, in time as the test makes it pass. */
export function newExchange(areGenuine: boolean) {
  const ports = newPair(areGenuine)
  const posts: [Message[][], Message[][]] = [recordPosts(ports[0]), recordPosts(ports[1])]
  const asked: Asked[] = []
  /** Which handlers are at work. */
  const running = new Set<number>()
  const desk = newDesk(asked, running)
  const ends = [openChannel<Desk>(ports[0], desk), openChannel<Desk>(ports[1], desk)] as const
  let isOver = false

  function ask(end: End, way: Way, terms: Terms): void {
    const one = new Asked(asked.length, terms.timeout !== undefined)
    asked.push(one)
    if (isOver) one.mayBe.add('closed')
    const { call, stream } = ends[end].with(terms)
    const { signal } = one.controller
    if (way === 'stream') {
      const pages = stream.stream(one.at, signal) as AsyncIterableIterator<Body>
      one.leave = () => void pages.return!()
      void readToEnd(pages, one)
    } else {
      const isCall = way === 'call'
      const answer = isCall ? call.call(one.at, signal) : call.argument(one.at, pages(), signal)
      answer.then(
        ({ at }) => one.end(at),
        (error) => one.end(error),
      )
    }
  }

  function pass(milliseconds: number): void {
    vi.advanceTimersByTime(milliseconds)
    for (const one of asked) if (one.hasTimeout) one.mayBe.add('timeout')
  }

  function finish(how: 'close' | 'lose', end: End): void {
    isOver = true
    for (const { mayBe } of asked) mayBe.add('closed')
    if (how === 'close') ends[end].close()
    else lose(ports[end])
  }

  async function make(move: Move): Promise<void> {
    const one = asked[Number(move[1]) % asked.length]
    switch (move[0]) {
      case 'ask':
        return ask(move[1], move[2], move[3])
      case 'a second':
        return pass(1000)
      case 'close':
      case 'lose':
        return finish(move[0], move[1])
      case 'answer':
        return one && answer(one, move[2])
      case 'abort':
        one?.mayBe.add('abort')
        return one?.controller.abort()
      case 'leave':
        if (one?.leave) one.mayBe.add('end')
        return one?.leave?.()
      default:
        return take(move, ports)
    }
  }

  return {
    ports,
    ends,
    asked,
    running,
    make,
    /** What each end has posted. */
    said: () => posts.map((all) => all.flat()),
    /** What is not as it should be while the channel lives, and all that can happen has. */
    wrongAtRest(): unknown[] {
      if (isOver) return []
      const isAtWork = (one: Asked): boolean => running.has(one.at) && one.was.length > 0
      return asked.filter((one) => !one.isAsExpected || isAtWork(one))
    },
  }
}

function answer(one: Asked, act: Act): void {
  if (one.isAnswered) return
  one.isAnswered = true
  one.gate.resolve(() => acts[act](one.at))
  const isValue = act === 'value' || act === 'a large value'
  one.mayBe.add(isValue ? (one.leave ? 'end' : 'value') : act)
}

function newDesk(asked: Asked[], running: Set<number>): Desk {
  /** What is not to be heard when its signal stops it: a value nobody has allowed. */
  async function work(at: number, signal: AbortSignal): Promise<Body> {
    const stopped = whenAborted(signal).then(() => () => ({ at }))
    const act = await Promise.race([asked[at]!.gate.promise, stopped])
    return act() as Body
  }

  async function run(at: number, job: () => Promise<Body>): Promise<Body> {
    running.add(at)
    try {
      return await job()
    } finally {
      running.delete(at)
    }
  }

  return {
    call: (at, signal) => run(at, () => work(at, signal)),
    async *stream(at, signal) {
      running.add(at)
      try {
        for (let page = 1; page <= 6; page++) yield { at: page }
        yield await work(at, signal)
      } finally {
        running.delete(at)
      }
    },
    argument: (at, items, signal) =>
      run(at, async () => {
        // Why they end early is told by the signal.
        await readSome(items).catch(() => {})
        return work(at, signal)
      }),
  }
}

async function* pages(): AsyncGenerator<number> {
  for (let page = 1; page <= 40; page++) yield page
}

async function readSome(items: AsyncIterable<number>): Promise<void> {
  for await (const page of items) if (page === 30) break
}

/** Writes down how a stream ended, and whether it went on all the same. */
async function readToEnd(stream: AsyncIterableIterator<Body>, one: Asked): Promise<void> {
  try {
    while (!(await stream.next()).done);
    one.end('end')
  } catch (error) {
    one.end(error)
  }
  if (!(await stream.next()).done) one.end('more')
}
