/** Pauses in milliseconds before the first, second, … failure in a row is answered with another try. */
const PAUSES_MS = [100, 500, 2000, 5000, 15_000]

/** A failure later than this, in milliseconds, after the one before counts as the first. */
const SETTLED_MS = 60_000

/** How long to wait before something that failed is tried again, so that a loop does not eat the machine. */
export class Backoff {
  #failures = 0
  #lastFailure = 0

  /** Notes a failure. Gives the pause in milliseconds after it; undefined when it was one too often. */
  next(): number | undefined {
    const now = Date.now()
    this.#failures = now - this.#lastFailure > SETTLED_MS ? 1 : this.#failures + 1
    this.#lastFailure = now
    return PAUSES_MS[this.#failures - 1]
  }

  /** Forgets the failures there were. */
  reset(): void {
    this.#failures = 0
  }
}
