/// <reference types="vite/client" />
import { PortError } from '../errors'
import { after } from '../timer'
import { type Offers, isSignal, tieArguments } from './arguments'
import { decodeError, encodeError } from './error-data'
import { CREDIT, IncomingStream } from './incoming-stream'
import type { CallOptions } from './options'
import type { Answer, Message, Offer, Ties } from './protocol'
import { rememberOrigin } from './origin'
import type { Waiter } from './waiter'

/** Where the messages of a channel go out. */
export interface Line {
  /**
   * @param canWait  For the port, where it is not there yet.
   * @throws {PortError} `closed` when nothing can be posted.
   */
  check(canWait: boolean): void
  /**
   * Posts one message; nothing once the channel is closed.
   *
   * @throws {PortError} `not-cloneable` when it cannot cross the port, which lives on; `too-much` when it asks for
   *   something, and more waits to be sent than may.
   */
  post(message: Message): void
  /** A method as people are told of it, with its link: `"jobs.paint"`. */
  nameOf(method: string | Offer | undefined): string
  /** Posts an item of a stream, of which there may be very many. */
  postItem(stream: number, item: unknown): void
  /** What is posted now has to wait, for large messages are unread: a producer had better wait, too. */
  readonly isHeldUp: boolean
}

/** The three verbs for any method. */
export interface Ask {
  call(method: string, args: unknown[], terms?: CallOptions): Promise<unknown>
  stream(method: string, args: unknown[], terms?: CallOptions): AsyncIterableIterator<unknown>
  notify(method: string, args: unknown[]): void
}

const NONE: [] = []

/** A call has none. */
const noItems = (): boolean => false

/**
 * The asking half of a channel. Every question is settled once: by its answer, a signal, its
 * timeout or the end of the channel, whichever comes first. What comes later finds nobody waiting.
 */
export class Caller implements Ask {
  readonly #line: Line
  #waiters = new Map<number, Waiter>()
  readonly #offers: Offers
  #lastId = 0

  constructor(line: Line, offers: Offers) {
    this.#line = line
    this.#offers = offers
  }

  /** Asks; answered once. */
  call(method: string, args: unknown[], terms: CallOptions = {}): Promise<unknown> {
    return new Promise((done, fail) => {
      this.#lastId += 1
      this.#ask('call', this.#lastId, method, args, terms, { items: noItems, done, fail })
    })
  }

  /**
   * Asks; answered many times. Nothing is sent before the first `next()`.
   *
   * @param method  Or the number of a stream that the other end passed as an argument.
   */
  stream(method: string | Offer, args: unknown[], terms: CallOptions = {}): IncomingStream {
    const { credit = CREDIT.usual, timeout, ...others } = terms
    const allowed = Math.min(Math.max(Math.trunc(credit) || 1, 1), CREDIT.most)
    this.#lastId += 1
    const id = this.#lastId
    return new IncomingStream(allowed, timeout, {
      open: (stream) => this.#ask('stream', id, method, args, others, stream, [allowed]),
      grant: (count) => this.#line.post(['credit', id, count]),
      cancel: (reason) => this.#cancel(id, reason),
      nameIt: () => this.#line.nameOf(method),
    })
  }

  /** Tells; nothing comes back. Throws when it cannot be sent. */
  notify(method: string, args: unknown[]): void {
    this.#line.check(false)
    this.#line.post(['notify', method, ...args])
  }

  /** An answer has come. Returns false when it is one that nobody may send. */
  receive(answer: Answer): boolean {
    const [kind, id, content] = answer
    if (kind === 'items') return this.#waiters.get(id)?.items(answer.slice(2)) ?? true
    const waiter = this.#take(id)
    // What nobody waits for is not even decoded.
    if (kind === 'error') waiter?.fail(decodeError(content))
    else waiter?.done(content)
    return true
  }

  /** Nothing will come for `id`. */
  fail(id: number, error: PortError): void {
    this.#take(id)?.fail(error)
  }

  /** Fails everything that waits. */
  close(reason: PortError): void {
    for (const id of this.#waiters.keys()) this.fail(id, reason)
  }

  #ask(
    kind: 'call' | 'stream',
    id: number,
    method: string | Offer,
    args: unknown[],
    { signal, timeout, whileLost }: CallOptions,
    waiter: Waiter,
    credit: [number] | [] = NONE,
  ): void {
    const ties = tieArguments(args, this.#offers)
    const sent = ties ? args.map((arg, at) => (at in ties ? undefined : arg)) : args
    const signals = ties || signal ? [...args, signal].filter(isSignal) : NONE
    try {
      this.#line.check(whileLost !== 'fail')
      for (const each of signals) each.throwIfAborted()
      if (import.meta.env?.DEV) rememberOrigin(waiter, this.#line.nameOf(method))
      this.#waiters.set(id, waiter)
      this.#line.post([kind, id, method, ties, ...credit, ...sent] as Message)
    } catch (error) {
      this.#waiters.delete(id)
      this.#offers.withdraw(ties)
      return waiter.fail(error)
    }
    // To read its arguments may have ended the channel.
    if (!this.#waiters.has(id)) return this.#offers.withdraw(ties)
    if (timeout !== undefined || ties || signal) {
      waiter.release = this.#bind(id, method, signals, timeout, ties)
    }
  }

  /** Gives up on `id` as soon as a signal aborts or its time is over. Returns how to let go of it. */
  #bind(
    id: number,
    method: string | Offer,
    signals: AbortSignal[],
    timeout: number | undefined,
    ties: Ties | undefined,
  ): () => void {
    const giveUp = (reason: unknown): void => this.#cancel(id, reason)?.fail(reason, true)
    const onAbort = ({ target }: Event): void => giveUp((target as AbortSignal).reason)
    const timer = after(timeout, () => {
      const words = `${this.#line.nameOf(method)} was not answered within ${timeout} ms.`
      giveUp(new PortError('timeout', words))
    })
    for (const signal of signals) signal.addEventListener('abort', onAbort)
    return () => {
      clearTimeout(timer)
      for (const signal of signals) signal.removeEventListener('abort', onAbort)
      this.#offers.withdraw(ties)
    }
  }

  #cancel(id: number, reason: unknown): Waiter | undefined {
    const waiter = this.#take(id)
    if (waiter) this.#line.post(['cancel', id, encodeError(reason)])
    return waiter
  }

  /** Ends the wait for `id`; undefined when it has ended before. */
  #take(id: number): Waiter | undefined {
    const waiter = this.#waiters.get(id)
    this.#waiters.delete(id)
    // The tables that a Map outgrew keep those after them alive, and what was in them: a new Map has none.
    if (this.#waiters.size === 0) this.#waiters = new Map()
    waiter?.release?.()
    return waiter
  }
}
