/** What tells of its changes, as a link does. */
export interface Changing {
  /** Returns how to stop that. */
  onChange(listener: () => void): () => void
}

/** What happens to a call or a stream, for a framework to show: a state that is replaced whole whenever it changes. */
export class Watched<State> implements Changing {
  state: State
  readonly #listeners = new Set<() => void>()

  constructor(state: State) {
    this.state = state
  }

  /** Calls `listener` whenever there is another {@link state}. Returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  protected change(changes: Partial<State>): void {
    this.state = { ...this.state, ...changes }
    for (const listener of this.#listeners) listener()
  }
}
