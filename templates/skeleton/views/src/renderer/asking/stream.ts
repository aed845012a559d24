import { Watched } from './watched'

export interface StreamState<Item> {
  /** The last items, as many as are kept. */
  items: readonly Item[]
  last: Item | undefined
  /** How many have come. */
  count: number
  /** False before it is started, and once it has ended, failed or was cancelled. */
  isReading: boolean
  isPaused: boolean
  /** Why the stream that was started last has failed. */
  error: Error | undefined
}

/** How many items are kept unless told otherwise: a stream may have no end. */
const KEPT = 1000

/** How long items are gathered, in milliseconds: they may come far faster than a screen can show them. */
const FRAME_MS = 16

const NOTHING = { items: [], last: undefined, count: 0, error: undefined }

/** A stream that is read again and again. The one that was started last counts: it cancels the one before. */
export class Stream<Item> extends Watched<StreamState<Item>> {
  readonly #kept: number
  #reader: AsyncIterator<Item> | undefined
  /** What has come, and is not shown yet. */
  #fresh: Item[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Until it is resumed. */
  #pause: Promise<void> | undefined
  #endPause: (() => void) | undefined

  /** @param kept  How many items are kept. All are counted. */
  constructor(kept = KEPT) {
    super({ ...NOTHING, isReading: false, isPaused: false })
    this.#kept = kept
  }

  /** Reads a stream from its start. */
  run(stream: AsyncIterable<Item>): void {
    this.cancel()
    const reader = stream[Symbol.asyncIterator]()
    this.#reader = reader
    this.change({ ...NOTHING, isReading: true })
    const settle = (outcome: Partial<StreamState<Item>>): void => {
      if (this.#reader === reader) this.#finish(outcome)
    }
    this.#read(reader).then(
      () => settle({}),
      (error: Error) => settle({ error }),
    )
  }

  /** Ends it, at the other end too; that is no error. What has come stays. */
  cancel(): void {
    const reader = this.#reader
    if (!reader) return
    this.#finish({})
    void reader.return?.()
  }

  /**
   * Takes no more for now: the other end stops as well, once it is as many items ahead as it may be. A failure comes
   * after the items before it: while it is paused it is known only when none of them is left to take.
   */
  pause(): void {
    if (!this.#reader || this.#pause) return
    this.#pause = new Promise((resolve) => (this.#endPause = resolve))
    this.change({ isPaused: true })
  }

  resume(): void {
    if (!this.#pause) return
    this.#endPause?.()
    this.#pause = undefined
    this.change({ isPaused: false })
  }

  async #read(reader: AsyncIterator<Item>): Promise<void> {
    for (;;) {
      const { done, value } = await reader.next()
      await this.#pause
      if (done || this.#reader !== reader) return
      this.#take(value)
    }
  }

  #take(item: Item): void {
    this.#fresh.push(item)
    if (this.#fresh.length < this.#kept) this.#timer ??= setTimeout(() => this.#show(), FRAME_MS)
    else this.#show()
  }

  #show(more: Partial<StreamState<Item>> = {}): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const { items, last, count } = this.state
    const fresh = this.#fresh.splice(0)
    this.change({
      items: [...items, ...fresh].slice(-this.#kept),
      last: fresh.length > 0 ? fresh.at(-1) : last,
      count: count + fresh.length,
      ...more,
    })
  }

  #finish(outcome: Partial<StreamState<Item>>): void {
    this.#reader = undefined
    this.resume()
    this.#show({ isReading: false, ...outcome })
  }
}
