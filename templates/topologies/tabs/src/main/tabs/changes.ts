import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** For how long changes are gathered, in milliseconds: a page may change its title in a loop. */
const GATHERED_MS = 20

/** Tells whoever watches a state that it has changed. */
export class Changes {
  readonly #emitter = new EventEmitter().setMaxListeners(0)
  #count = 0

  note(): void {
    this.#count += 1
    this.#emitter.emit('change')
  }

  /** Gives the state as it is, and again after each change, until the signal aborts. A slow reader misses some. */
  async *watch<State>(read: () => State, signal: AbortSignal): AsyncGenerator<State, void> {
    for (;;) {
      const seen = this.#count
      yield read()
      if (seen === this.#count) await once(this.#emitter, 'change', { signal })
      await sleep(GATHERED_MS, undefined, { signal })
    }
  }
}
