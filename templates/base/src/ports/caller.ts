import { PortError, decodeError, encodeError } from './errors'
import { CREDIT, IncomingStream } from './incoming-stream'
import type { Answer, Invocation, Message, Opening } from './protocol'

/** Posts one message, with the transfer lists of `values`. Throws what the port throws. */
export type Post = (message: Message, values?: unknown[]) => void

/** Somebody here who waits for an answer. */
interface Waiter {
  item(value: unknown): void
  done(value: unknown): void
  fail(error: unknown): void
  abort(reason: unknown): void
}

/**
 * The asking half of a channel. Every question is settled once: by its answer, by its AbortSignal
 * or by the end of the channel, whichever comes first. What comes later finds nobody waiting.
 */
export class Caller {
  readonly #post: Post
  readonly #waiters = new Map<number, { waiter: Waiter; release(): void }>()
  #lastId = 0
  #closed: PortError | undefined

  constructor(post: Post) {
    this.#post = post
  }

  /** Asks; answered once. */
  call(method: string, args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const { signal, ...invocation } = packSignal(method, args)
      const waiter = { item: () => {}, done: resolve, fail: reject, abort: reject }
      this.#ask({ kind: 'call', id: this.#nextId(), ...invocation }, signal, waiter)
    })
  }

  /** Asks; answered many times. Nothing is sent before the first `next()`. */
  stream(method: string, args: unknown[]): AsyncIterableIterator<unknown> {
    const id = this.#nextId()
    const { signal, ...invocation } = packSignal(method, args)
    const stream = new IncomingStream<unknown>({
      open: () => this.#ask({ kind: 'stream', id, credit: CREDIT, ...invocation }, signal, waiter),
      grant: (count) => this.#post({ kind: 'credit', id, count }),
      cancel: () => this.#cancel(id, new Error('The consumer left the stream.')),
    })
    const waiter: Waiter = {
      item: (value) => stream.push(value),
      done: () => stream.end(),
      fail: (error) => stream.fail(error),
      abort: (reason) => stream.abort(reason),
    }
    return stream
  }

  /** Tells; nothing comes back. Throws when it cannot be sent. */
  notify(method: string, args: unknown[]): void {
    if (this.#closed) throw this.#closed
    this.#postOpening({ kind: 'notify', method, args })
  }

  /** An answer has come. */
  receive(answer: Answer): void {
    switch (answer.kind) {
      case 'item':
        return this.#waiters.get(answer.id)?.waiter.item(answer.value)
      case 'result':
        return this.#take(answer.id)?.done(answer.value)
      case 'end':
        return this.#take(answer.id)?.done(undefined)
      case 'error':
        return this.#take(answer.id)?.fail(decodeError(answer.error))
    }
  }

  /** Fails everything that waits, and everything that will be asked from now on. */
  close(reason: PortError): void {
    this.#closed = reason
    for (const id of this.#waiters.keys()) this.#take(id)?.fail(reason)
  }

  #ask(opening: Opening & { id: number }, signal: AbortSignal | undefined, waiter: Waiter): void {
    if (this.#closed) return waiter.fail(this.#closed)
    if (signal?.aborted) return waiter.abort(signal.reason)
    try {
      this.#postOpening(opening)
    } catch (error) {
      return waiter.fail(error)
    }
    const abort = (): void => {
      this.#cancel(opening.id, signal?.reason)
      waiter.abort(signal?.reason)
    }
    signal?.addEventListener('abort', abort)
    const release = (): void => signal?.removeEventListener('abort', abort)
    this.#waiters.set(opening.id, { waiter, release })
  }

  #postOpening(opening: Opening): void {
    try {
      this.#post(opening, opening.args)
    } catch (cause) {
      const message = `"${opening.method}" was not sent, for an argument cannot cross a port: ${String(cause)}`
      throw new PortError('not-cloneable', message, { cause })
    }
  }

  #cancel(id: number, reason: unknown): void {
    if (this.#take(id)) this.#post({ kind: 'cancel', id, reason: encodeError(reason) })
  }

  /** Ends the wait for `id`; undefined when it has ended before. */
  #take(id: number): Waiter | undefined {
    const entry = this.#waiters.get(id)
    this.#waiters.delete(id)
    entry?.release()
    return entry?.waiter
  }

  #nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }
}

/** A signal cannot be cloned: it stays here, and the message says where the handler wants its own. */
function packSignal(
  method: string,
  args: unknown[],
): Invocation & { signal: AbortSignal | undefined } {
  const signalAt = args.findIndex((arg) => arg instanceof AbortSignal)
  if (signalAt < 0) return { method, args, signal: undefined }
  const sent = args.map((arg, index) => (index === signalAt ? undefined : arg))
  return { method, args: sent, signalAt, signal: args[signalAt] as AbortSignal }
}
