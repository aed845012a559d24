import { Watched } from './watched'

export interface CallState<Result> {
  isPending: boolean
  /** The last answer; it stays while the next one is waited for. */
  value: Result | undefined
  /** Why the call that was made last has failed. */
  error: Error | undefined
}

/** They need no `this`: a component hands them on as they are. */
export interface CallVerbs<Args extends unknown[]> {
  /** Makes the call. It cancels the one before. */
  ask: (...args: Args) => void
  /** Gives up what is waited for; that is no error. */
  cancel: () => void
}

/** A call that is made again and again. The last one counts: it cancels the one before, whatever that still answers. */
export class Call<Args extends unknown[], Result>
  extends Watched<CallState<Result>>
  implements CallVerbs<Args>
{
  readonly #make: (signal: AbortSignal, ...args: Args) => Promise<Result>
  #asked: AbortController | undefined

  /** @param make  Makes the call. The signal, given on to it, reaches the handler at the other end. */
  constructor(make: (signal: AbortSignal, ...args: Args) => Promise<Result>) {
    super({ isPending: false, value: undefined, error: undefined })
    this.#make = make
  }

  readonly ask = (...args: Args): void => {
    this.#asked?.abort()
    const asked = new AbortController()
    this.#asked = asked
    this.change({ isPending: true, error: undefined })
    const settle = (outcome: Partial<CallState<Result>>): void => {
      if (this.#asked === asked) this.change({ isPending: false, ...outcome })
    }
    this.#make(asked.signal, ...args).then(
      (value) => settle({ value }),
      (error: Error) => settle({ error }),
    )
  }

  readonly cancel = (): void => {
    this.#asked?.abort()
    this.#asked = undefined
    if (this.state.isPending) this.change({ isPending: false })
  }
}
