import { type Offers, type PackedArguments, packArguments } from './arguments'
import { PortError } from '../errors'
import { decodeError, encodeError } from './error-data'
import { CREDIT, IncomingStream } from './incoming-stream'
import { observer } from './observer'
import { after } from '../timer'
import type { Answer, Message, Question, StreamPlaces } from './protocol'

/** Posts one message. Throws what the port throws. */
export type Post = (message: Message) => void

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
  /** On a link without a channel: wait for the next, as long as it may take, or fail at once with `closed`. */
  whileLost?: 'wait' | 'fail' | undefined
}

/** The three verbs for any method. */
export interface Ask {
  call(method: string, args: unknown[], options?: CallOptions): Promise<unknown>
  stream(method: string, args: unknown[], options?: CallOptions): AsyncIterableIterator<unknown>
  notify(method: string, args: unknown[]): void
}

/** Somebody here who waits for an answer. */
interface Waiter {
  items(values: unknown[]): boolean
  done(value: unknown): void
  fail(error: unknown): void
  abort(reason: unknown): void
}

interface Wait {
  readonly waiter: Waiter
  /** Lets go of what the wait held. */
  readonly release: (() => void) | undefined
  /** Known when somebody observes. */
  readonly askedAt: number | undefined
}

type Opening = Extract<Question, ['call' | 'stream' | 'read', ...unknown[]]>

/**
 * The asking half of a channel. Every question is settled once: by its answer, a signal, its
 * timeout or the end of the channel, whichever comes first. What comes later finds nobody waiting.
 */
export class Caller implements Ask {
  readonly #post: Post
  readonly #offers: Offers
  readonly #waits = new Map<number, Wait>()
  #lastId = 0
  #closed: PortError | undefined

  constructor(post: Post, offers: Offers) {
    this.#post = post
    this.#offers = offers
  }

  /** Asks; answered once. */
  call(method: string, args: unknown[], options: CallOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const packed = packArguments(args, this.#offers)
      const { sent, signalAt, streams } = packed
      const waiter: Waiter = { items: () => false, done: resolve, fail: reject, abort: reject }
      const question: Opening = ['call', this.#nextId(), method, signalAt, streams, ...sent]
      this.#ask(question, waiter, packed, options)
    })
  }

  /** Asks; answered many times. Nothing is sent before the first `next()`. */
  stream(method: string, args: unknown[], options: CallOptions = {}): IncomingStream<unknown> {
    return this.#newStream(options, (id, waiter, credit) => {
      const packed = packArguments(args, this.#offers)
      const { sent, signalAt, streams } = packed
      const question: Opening = ['stream', id, method, signalAt, streams, credit, ...sent]
      this.#ask(question, waiter, packed, { signal: options.signal })
    })
  }

  /** Reads a stream that the other end passed as an argument. */
  read(offer: number): IncomingStream<unknown> {
    return this.#newStream({}, (id, waiter, credit) => {
      this.#ask(['read', id, offer, credit], waiter)
    })
  }

  /** Tells; nothing comes back. Throws when it cannot be sent. */
  notify(method: string, args: unknown[]): void {
    if (this.#closed) throw this.#closed
    this.#postOpening(['notify', method, ...args], method)
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

  /** The question was not sent after all. */
  fail(id: number, error: PortError): void {
    this.#take(id)?.fail(error)
  }

  /** For how many milliseconds `id` has been waited for, where that is known. */
  ageOf(id: number): number | undefined {
    const askedAt = this.#waits.get(id)?.askedAt
    return askedAt === undefined ? undefined : performance.now() - askedAt
  }

  /** Fails everything that waits, and everything that will be asked from now on. */
  close(reason: PortError): void {
    this.#closed = reason
    for (const id of this.#waits.keys()) this.#take(id)?.fail(reason)
  }

  #newStream(
    { credit = CREDIT.usual, timeout }: CallOptions,
    open: (id: number, waiter: Waiter, credit: number) => void,
  ): IncomingStream<unknown> {
    const id = this.#nextId()
    const allowed = Math.min(Math.max(Math.trunc(credit) || 1, 1), CREDIT.most)
    const stream = new IncomingStream<unknown>(allowed, timeout, {
      open: () => open(id, waiter, allowed),
      grant: (count) => this.#post(['credit', id, count]),
      cancel: (reason) => void this.#cancel(id, reason),
    })
    const waiter: Waiter = {
      items: (values) => stream.push(values),
      done: () => stream.end(),
      fail: (error) => stream.fail(error),
      abort: (reason) => stream.abort(reason),
    }
    return stream
  }

  #ask(
    question: Opening,
    waiter: Waiter,
    packed?: PackedArguments,
    { signal, timeout }: CallOptions = {},
  ): void {
    const [, id, method] = question
    const signals = [packed?.signal, signal].filter((each) => each !== undefined)
    const streams = packed?.streams
    try {
      if (this.#closed) throw this.#closed
      for (const each of signals) each.throwIfAborted()
      this.#postOpening(question, String(method))
    } catch (error) {
      this.#withdraw(streams)
      return waiter.fail(error)
    }
    const isBound = signals.length > 0 || streams !== undefined || timeout !== undefined
    this.#waits.set(id, {
      waiter,
      release: isBound ? this.#bind(id, String(method), signals, streams, timeout) : undefined,
      askedAt: observer && performance.now(),
    })
  }

  /** Gives up on `id` as soon as a signal aborts or its time is over. Returns how to let go of it. */
  #bind(
    id: number,
    method: string,
    signals: AbortSignal[],
    streams: StreamPlaces | undefined,
    timeout: number | undefined,
  ): () => void {
    const giveUp = (reason: unknown): void => this.#cancel(id, reason)?.abort(reason)
    const onAbort = ({ target }: Event): void => giveUp((target as AbortSignal).reason)
    const onTimeout = (): void => giveUp(newTimeout(method, timeout))
    const timer = after(timeout, onTimeout)
    for (const signal of signals) signal.addEventListener('abort', onAbort)
    return () => {
      clearTimeout(timer)
      for (const signal of signals) signal.removeEventListener('abort', onAbort)
      this.#withdraw(streams)
    }
  }

  #withdraw(streams: StreamPlaces | undefined): void {
    for (const offer of Object.values(streams ?? {})) this.#offers.withdraw(offer)
  }

  #postOpening(question: Message, method: string): void {
    try {
      this.#post(question)
    } catch (cause) {
      const message = `"${method}" was not sent, for an argument cannot cross this port: ${String(cause)}`
      throw new PortError('not-cloneable', message, { cause })
    }
  }

  #cancel(id: number, reason: unknown): Waiter | undefined {
    const waiter = this.#take(id)
    if (waiter) this.#post(['cancel', id, encodeError(reason)])
    return waiter
  }

  /** Ends the wait for `id`; undefined when it has ended before. */
  #take(id: number): Waiter | undefined {
    const wait = this.#waits.get(id)
    this.#waits.delete(id)
    wait?.release?.()
    return wait?.waiter
  }

  #nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }
}

function newTimeout(method: string, timeout: number | undefined): PortError {
  return new PortError('timeout', `"${method}" was not answered within ${timeout} ms.`)
}
