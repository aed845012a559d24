import { PortError } from '../errors'
import { after } from '../timer'
import { decodeError, encodeError } from './error-data'
import { CREDIT, IncomingStream } from './incoming-stream'
import { isObject } from './plain'
import type { Answer, Message, StreamPlaces } from './protocol'

/** Where the messages of a channel go out. */
export interface Line {
  /**
   * @param canWait  For the port, where it is not there yet.
   * @throws {PortError} `closed` when nothing can be posted.
   */
  check(canWait: boolean): void
  /** Posts one message; nothing once the channel is closed. Throws what the port throws. */
  post(message: Message): void
}

/** On what terms something is asked for. */
export interface CallOptions {
  /** Ends the wait, as a signal among the arguments does. */
  signal?: AbortSignal | undefined
  /**
   * In milliseconds: how long to wait for an answer, or for the next item of a stream. Then it fails
   * with the code `timeout`, and the handler's signal aborts.
   */
  timeout?: number | undefined
  /** How many items a stream may be ahead of its consumer: 16 unless given, at most 1000. */
  credit?: number | undefined
  /** On a link without a port: wait for the next, as long as it may take, or fail at once with `closed`. */
  whileLost?: 'wait' | 'fail' | undefined
}

/** The three verbs for any method. */
export interface Ask {
  call(method: string, args: unknown[], terms?: CallOptions): Promise<unknown>
  stream(method: string, args: unknown[], terms?: CallOptions): AsyncIterableIterator<unknown>
  notify(method: string, args: unknown[]): void
}

/** Somebody here who waits for an answer. */
export interface Waiter {
  /** Returns false when they were not granted. */
  items(values: unknown[]): boolean
  done(value?: unknown): void
  /** @param isGivenUp  True when this end wants nothing of it any more, not even what has arrived. */
  fail(error: unknown, isGivenUp?: boolean): void
}

interface Wait {
  readonly waiter: Waiter
  /** Lets go of what the wait held. */
  readonly release?: () => void
}

/** A stream that went out as an argument, for the other end to read. */
interface Offer {
  readonly items: AsyncIterable<unknown>
  /** Called when nobody may read it any more; there once somebody does. */
  onOver?: () => void
}

/**
 * The asking half of a channel. Every question is settled once: by its answer, a signal, its
 * timeout or the end of the channel, whichever comes first. What comes later finds nobody waiting.
 */
export class Caller implements Ask {
  readonly #line: Line
  readonly #waits = new Map<number, Wait>()
  readonly #offers = new Map<number, Offer>()
  #lastId = 0
  #lastOffer = 0

  constructor(line: Line) {
    this.#line = line
  }

  /** Asks; answered once. */
  call(method: string, args: unknown[], terms: CallOptions = {}): Promise<unknown> {
    return new Promise((done, fail) => {
      const waiter: Waiter = { items: () => false, done, fail }
      this.#lastId += 1
      this.#ask('call', this.#lastId, method, args, terms, waiter)
    })
  }

  /** Asks; answered many times. Nothing is sent before the first `next()`. */
  stream(method: string, args: unknown[], terms: CallOptions = {}): IncomingStream {
    const { signal, whileLost } = terms
    return this.#newStream(terms, (id, waiter, credit) =>
      this.#ask('stream', id, method, args, { signal, whileLost }, waiter, credit),
    )
  }

  /** Reads a stream that the other end passed as an argument. */
  read(offer: number): IncomingStream {
    return this.#newStream({}, (id, waiter, credit) => {
      this.#line.post(['read', id, offer, credit])
      this.#waits.set(id, { waiter })
    })
  }

  /** Tells; nothing comes back. Throws when it cannot be sent. */
  notify(method: string, args: unknown[]): void {
    this.#line.check(false)
    this.#post(['notify', method, ...args], method)
  }

  /** An answer has come. Returns false when it is one that nobody may send. */
  receive(answer: Answer): boolean {
    const [kind, id, content] = answer
    if (kind === 'items') return this.#waits.get(id)?.waiter.items(answer.slice(2)) ?? true
    const waiter = this.#take(id)
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
    for (const id of this.#waits.keys()) this.fail(id, reason)
  }

  /**
   * Gives out a stream that went out as an argument, once.
   *
   * @param onOver  Called when the call that it was an argument of is over.
   */
  claim(id: number, onOver: () => void): AsyncIterable<unknown> {
    const offer = this.#offers.get(id)
    if (!offer || offer.onOver) throw newOver()
    offer.onOver = onOver
    return offer.items
  }

  #newStream(
    { credit = CREDIT.usual, timeout }: CallOptions,
    open: (id: number, waiter: Waiter, credit: number) => void,
  ): IncomingStream {
    this.#lastId += 1
    const id = this.#lastId
    const allowed = Math.min(Math.max(Math.trunc(credit) || 1, 1), CREDIT.most)
    return new IncomingStream(allowed, timeout, {
      open: (stream) => open(id, stream, allowed),
      grant: (count) => this.#line.post(['credit', id, count]),
      cancel: (reason) => this.#cancel(id, reason),
    })
  }

  #ask(
    kind: 'call' | 'stream',
    id: number,
    method: string,
    args: unknown[],
    { signal, timeout, whileLost }: CallOptions,
    waiter: Waiter,
    ...credit: number[]
  ): void {
    const signals = [...args, signal].filter(isSignal)
    const streams = this.#offerStreams(args)
    const signalAt = signals.length > 0 ? args.findIndex(isSignal) : undefined
    const sent = signals.length > 0 || streams ? args.map(withoutTies) : args
    try {
      this.#line.check(whileLost !== 'fail')
      for (const each of signals) each.throwIfAborted()
      this.#post([kind, id, method, signalAt, streams, ...credit, ...sent] as Message, method)
    } catch (error) {
      this.#withdraw(streams)
      return waiter.fail(error)
    }
    const unbind = this.#bind(id, method, signals, timeout)
    const release = (): void => {
      unbind()
      this.#withdraw(streams)
    }
    this.#waits.set(id, { waiter, release })
  }

  /** Gives up on `id` as soon as a signal aborts or its time is over. Returns how to let go of it. */
  #bind(
    id: number,
    method: string,
    signals: AbortSignal[],
    timeout: number | undefined,
  ): () => void {
    const giveUp = (reason: unknown): void => this.#cancel(id, reason)?.fail(reason, true)
    const onAbort = ({ target }: Event): void => giveUp((target as AbortSignal).reason)
    const timer = after(timeout, () =>
      giveUp(new PortError('timeout', `"${method}" was not answered within ${timeout} ms.`)),
    )
    for (const signal of signals) signal.addEventListener('abort', onAbort)
    return () => {
      clearTimeout(timer)
      for (const signal of signals) signal.removeEventListener('abort', onAbort)
    }
  }

  /** Which offer belongs in which place; undefined when there is none. */
  #offerStreams(args: unknown[]): StreamPlaces | undefined {
    let places: StreamPlaces | undefined
    for (const [at, items] of args.entries()) {
      if (!isStream(items)) continue
      this.#lastOffer += 1
      this.#offers.set(this.#lastOffer, { items })
      places = { ...places, [at]: this.#lastOffer }
    }
    return places
  }

  /** Whoever still reads them learns that they are over before their end. */
  #withdraw(streams: StreamPlaces | undefined): void {
    for (const offer of Object.values(streams ?? {})) {
      this.#offers.get(offer)?.onOver?.()
      this.#offers.delete(offer)
    }
  }

  #post(question: Message, method: string): void {
    try {
      this.#line.post(question)
    } catch (cause) {
      const message = `"${method}" was not sent, for an argument cannot cross this port: ${String(cause)}`
      throw new PortError('not-cloneable', message, { cause })
    }
  }

  #cancel(id: number, reason: unknown): Waiter | undefined {
    const waiter = this.#take(id)
    if (waiter) this.#line.post(['cancel', id, encodeError(reason)])
    return waiter
  }

  /** Ends the wait for `id`; undefined when it has ended before. */
  #take(id: number): Waiter | undefined {
    const wait = this.#waits.get(id)
    this.#waits.delete(id)
    wait?.release?.()
    return wait?.waiter
  }
}

/** A signal and a stream stay here, tied to what the other end puts in their places. */
function withoutTies(arg: unknown): unknown {
  return isSignal(arg) || isStream(arg) ? undefined : arg
}

function isSignal(arg: unknown): arg is AbortSignal {
  return arg instanceof AbortSignal
}

function isStream(arg: unknown): arg is AsyncIterable<unknown> {
  return isObject(arg) && Symbol.asyncIterator in arg
}

/** Says why a stream that was an argument cannot be read. */
export function newOver(): PortError {
  return new PortError('closed', 'The call that this stream was an argument of is over.')
}
