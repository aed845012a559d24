import { PortError } from '../errors'
import { after } from '../timer'
import type { Waiter } from './waiter'

/**
 * The consumer's half of a stream: an async iterator over what the other end yields.
 *
 *   producer ── item ──▶ [ arrived, at most as many as the credit ] ── next() ──▶ for await
 *            ◀─ credit ─   one grant for every half of it that was consumed
 *
 * It begins with the first `next()`, like a generator. Leaving the loop early (`break`, `return`,
 * `throw`) cancels it, which runs the producer's `finally`.
 */

/** How many items a producer may be ahead of its consumer. */
export const CREDIT = { usual: 64, most: 1000 }

/** What a stream asks of the caller that made it. */
export interface StreamControls {
  open(stream: IncomingStream): void
  grant(count: number): void
  cancel(reason: unknown): void
  /** For people. */
  nameIt(): string
}

type Result = IteratorResult<unknown, undefined>

/** A `next()` that waits for an item to come. */
interface Reader {
  resolve(result: Result): void
  reject(error: unknown): void
}

export class IncomingStream implements AsyncIterableIterator<unknown, undefined>, Waiter {
  release?: (() => void) | undefined
  readonly #credit: number
  readonly #timeout: number | undefined
  readonly #controls: StreamControls
  readonly #readers: Reader[] = []
  #arrived: unknown[] = []
  #state: 'new' | 'open' | 'over' = 'new'
  #failure: { error: unknown } | undefined
  #timer: ReturnType<typeof after>
  #received = 0
  /** How many were read since the last grant. */
  #consumed = 0

  /** @param timeout  How many milliseconds a `next()` may wait for its item. */
  constructor(credit: number, timeout: number | undefined, controls: StreamControls) {
    this.#credit = credit
    this.#timeout = timeout
    this.#controls = controls
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<Result> {
    if (this.#state === 'new') {
      this.#state = 'open'
      this.#controls.open(this)
    }
    if (this.#arrived.length > 0) return Promise.resolve({ value: this.#consume(), done: false })
    return new Promise((resolve, reject) => {
      this.#readers.push({ resolve, reject })
      this.#serveReaders()
    })
  }

  /** Called by `for await` when its loop is left early. */
  return(): Promise<Result> {
    if (this.#state === 'open') this.#controls.cancel(new Error('The consumer left the stream.'))
    this.#arrived = []
    this.#failure = undefined
    this.done()
    return this.next()
  }

  /** More items have come. Returns false when the producer had no credit for them. */
  items(items: unknown[]): boolean {
    if (items.length > this.#credit - this.#arrived.length - this.#consumed) return false
    this.#received += items.length
    this.#arrived.push(...items)
    this.#serveReaders()
    return true
  }

  /**
   * The producer is done. What has arrived can still be read.
   *
   * @param sent  How many items it has sent, where it says so: one that nobody could read is not passed over.
   */
  done(sent: unknown = this.#received): void {
    if (sent !== this.#received)
      this.#failure = {
        error: new PortError('not-cloneable', 'Not every item could be read here.'),
      }
    this.#state = 'over'
    this.#serveReaders()
  }

  /** The stream broke: after what arrived before, unless it was given up here, one `next()` rejects. */
  fail(error: unknown, isGivenUp = false): void {
    if (isGivenUp) this.#arrived = []
    this.#failure = { error }
    this.done()
  }

  #serveReaders(): void {
    while (this.#readers.length > 0 && (this.#arrived.length > 0 || this.#state === 'over')) {
      const reader = this.#readers.shift()
      if (this.#arrived.length > 0) {
        reader?.resolve({ value: this.#consume(), done: false })
      } else {
        if (this.#failure) reader?.reject(this.#failure.error)
        else reader?.resolve({ value: undefined, done: true })
        this.#failure = undefined
      }
    }
    if (this.#timeout !== undefined) this.#watch()
  }

  /** Gives the producer its time anew whenever somebody begins to wait. */
  #watch(): void {
    clearTimeout(this.#timer)
    if (this.#readers.length === 0) return
    this.#timer = after(this.#timeout, () => {
      const words = `Nothing came from ${this.#controls.nameIt()} for ${this.#timeout} ms.`
      const reason = new PortError('timeout', words)
      this.#controls.cancel(reason)
      this.fail(reason, true)
    })
  }

  #consume(): unknown {
    const item = this.#arrived.shift()
    this.#consumed += 1
    if (this.#consumed >= this.#credit / 2 && this.#state === 'open') {
      this.#controls.grant(this.#consumed)
      this.#consumed = 0
    }
    return item
  }
}
