/** How often somebody may do something: so many times at once, and so many more every second. */
export class Allowance {
  readonly #burst: number
  readonly #perSecond: number
  #left: number
  #at = performance.now()

  constructor({ burst, perSecond }: { burst: number; perSecond: number }) {
    this.#burst = burst
    this.#perSecond = perSecond
    this.#left = burst
  }

  /** Takes one from it; false when nothing is left. */
  spend(): boolean {
    const now = performance.now()
    const grown = this.#left + ((now - this.#at) / 1000) * this.#perSecond
    this.#left = Math.min(grown, this.#burst)
    this.#at = now
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
