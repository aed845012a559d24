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

/** They need no `this`: a component hands them on as they are. */
export interface StreamVerbs<Args extends unknown[]> {
  /** Reads the stream from its start. It cancels the one before. */
  start: (...args: Args) => void
  /** Ends it, at the other end too; that is no error. What has come stays. */
  cancel: () => void
  /**
   * Takes no more for now: the other end stops as well, once it is as many items ahead as it may be. A failure comes
   * after the items before it: while it is paused it is known only when none of them is left to take.
   */
  pause: () => void
  resume: () => void
}

/** A stream that is read again and again. The one that was started last counts: it cancels the one before. */
export class Stream<Args extends unknown[], Item>
  extends Watched<StreamState<Item>>
  implements StreamVerbs<Args>
{
  readonly #open: (...args: Args) => AsyncIterable<Item>
  readonly #kept: number
  #reader: AsyncIterator<Item> | undefined
  /** What has come, and is not shown yet. */
  #fresh: Item[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Until it is resumed. */
  #pause: Promise<void> | undefined
  #endPause: (() => void) | undefined

  /** @param kept  How many items are kept, one at least. All are counted. */
  constructor(open: (...args: Args) => AsyncIterable<Item>, kept = KEPT) {
    super({ ...NOTHING, isReading: false, isPaused: false })
    this.#open = open
    this.#kept = Math.max(kept, 1)
  }

  readonly start = (...args: Args): void => {
    this.cancel()
    const reader = this.#open(...args)[Symbol.asyncIterator]()
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

  readonly cancel = (): void => {
    const reader = this.#reader
    if (!reader) return
    this.#finish({})
    void reader.return?.()
  }

  readonly pause = (): void => {
    if (!this.#reader || this.#pause) return
    this.#pause = new Promise((resolve) => (this.#endPause = resolve))
    this.change({ isPaused: true })
  }

  readonly resume = (): void => {
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
    const fresh = this.#fresh.splice(0)
    const items = [...this.state.items, ...fresh].slice(-this.#kept)
    this.change({ items, last: items.at(-1), count: this.state.count + fresh.length, ...more })
  }

  #finish(outcome: Partial<StreamState<Item>>): void {
    this.#reader = undefined
    this.resume()
    this.#show({ isReading: false, ...outcome })
  }
}
