/**
 * The consumer's half of a stream: an async iterator over what the other end yields.
 *
 *   producer ── item ──▶ [ arrived, at most CREDIT ] ── next() ──▶ for await
 *            ◀─ credit ─   one grant for every half of it that was consumed
 *
 * It begins with the first `next()`, like a generator. Leaving the loop early (`break`, `return`,
 * `throw`) cancels it, which runs the producer's `finally`.
 */

/** How many items a producer may be ahead of its consumer. */
export const CREDIT = 16

/** What a stream asks of the caller that made it. */
export interface StreamControls {
  open(): void
  grant(count: number): void
  cancel(): void
}

/** A `next()` that waits for an item to come. */
interface Reader<Item> {
  resolve(result: IteratorResult<Item, undefined>): void
  reject(error: unknown): void
}

export class IncomingStream<Item> implements AsyncIterableIterator<Item, undefined> {
  readonly #controls: StreamControls
  readonly #readers: Reader<Item>[] = []
  #arrived: Item[] = []
  #state: 'new' | 'open' | 'over' = 'new'
  #failure: { error: unknown } | undefined
  #consumed = 0

  constructor(controls: StreamControls) {
    this.#controls = controls
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    if (this.#state === 'new') {
      this.#state = 'open'
      this.#controls.open()
    }
    return new Promise((resolve, reject) => {
      this.#readers.push({ resolve, reject })
      this.#serveReaders()
    })
  }

  /** Called by `for await` when its loop is left early. */
  return(): Promise<IteratorResult<Item, undefined>> {
    if (this.#state === 'open') this.#controls.cancel()
    this.#arrived = []
    this.#failure = undefined
    this.end()
    return Promise.resolve({ value: undefined, done: true })
  }

  /** One more item has come. */
  push(item: Item): void {
    this.#arrived.push(item)
    this.#serveReaders()
  }

  /** The producer is done. What has arrived can still be read. */
  end(): void {
    this.#state = 'over'
    this.#serveReaders()
  }

  /** The stream broke. What arrived before can still be read; then one `next()` rejects. */
  fail(error: unknown): void {
    this.#failure = { error }
    this.end()
  }

  /** The consumer gave up: the next `next()` rejects, whatever has arrived. */
  abort(reason: unknown): void {
    this.#arrived = []
    this.fail(reason)
  }

  #serveReaders(): void {
    while (this.#readers.length > 0 && (this.#arrived.length > 0 || this.#state === 'over')) {
      const reader = this.#readers.shift()
      if (this.#arrived.length > 0) reader?.resolve({ value: this.#consume(), done: false })
      else if (this.#failure) reader?.reject(this.#takeFailure())
      else reader?.resolve({ value: undefined, done: true })
    }
  }

  #consume(): Item {
    const item = this.#arrived.shift() as Item
    this.#consumed += 1
    if (this.#consumed === CREDIT / 2 && this.#state === 'open') {
      this.#consumed = 0
      this.#controls.grant(CREDIT / 2)
    }
    return item
  }

  #takeFailure(): unknown {
    const error = this.#failure?.error
    this.#failure = undefined
    return error
  }
}
