import { Watched } from './watched'

export interface CallState<Result> {
  isPending: boolean
  /** The last answer; it stays while the next one is waited for. */
  value: Result | undefined
  /** Why the call that was made last has failed. */
  error: Error | undefined
}

/** A call that is made again and again. The last one counts: it cancels the one before, whatever that still answers. */
export class Call<Result> extends Watched<CallState<Result>> {
  #asked: AbortController | undefined

  constructor() {
    super({ isPending: false, value: undefined, error: undefined })
  }

  /** @param ask  Makes the call. The signal, given on to it, reaches the handler at the other end. */
  run(ask: (signal: AbortSignal) => Promise<Result>): void {
    this.#asked?.abort()
    const asked = new AbortController()
    this.#asked = asked
    this.change({ isPending: true, error: undefined })
    const settle = (outcome: Partial<CallState<Result>>): void => {
      if (this.#asked === asked) this.change({ isPending: false, ...outcome })
    }
    ask(asked.signal).then(
      (value) => settle({ value }),
      (error: Error) => settle({ error }),
    )
  }

  /** Gives up what is waited for; that is no error. */
  cancel(): void {
    this.#asked?.abort()
    this.#asked = undefined
    if (this.state.isPending) this.change({ isPending: false })
  }
}
