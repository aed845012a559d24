import { EventEmitter, once } from 'node:events'

/** How many entries are kept for those who come later. */
const MAX_KEPT = 200

/** What happened lately, for any number of readers. */
export class Journal<Entry extends object> {
  readonly #entries: Entry[] = []
  readonly #news = new EventEmitter()
  #forgotten = 0

  add(entry: Entry): void {
    this.#entries.push(entry)
    if (this.#entries.length > MAX_KEPT) {
      this.#entries.shift()
      this.#forgotten += 1
    }
    this.#news.emit('entry')
  }

  /**
   * Gives what is kept, then what comes. A reader too slow for it misses the oldest.
   *
   * @throws an AbortError once the signal aborts.
   */
  async *follow(signal: AbortSignal): AsyncGenerator<Entry, void> {
    // Without a signal the wait would outlast the reader.
    signal.throwIfAborted()
    let next = 0
    for (;;) {
      next = Math.max(next, this.#forgotten)
      const entry = this.#entries[next - this.#forgotten]
      if (!entry) {
        await once(this.#news, 'entry', { signal })
        continue
      }
      next += 1
      yield entry
    }
  }
}
