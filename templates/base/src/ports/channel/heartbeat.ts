/**
 * Finds an other end that hangs. A hung process closes nothing, so no event ever tells of it.
 *
 *   heard something │ silence │ ping, silence │ gone
 *        every ─────┴── every ┴───── every ───┘
 */
export class Heartbeat {
  #silentBeats = 0
  readonly #timer: ReturnType<typeof setInterval>

  /**
   * @param every  In milliseconds.
   * @param ping  Asks the other end for a sign of life.
   * @param onSilence  Not even that brought one.
   */
  constructor(every: number, ping: () => void, onSilence: () => void) {
    this.#timer = setInterval(() => {
      this.#silentBeats += 1
      if (this.#silentBeats === 2) ping()
      if (this.#silentBeats === 3) onSilence()
    }, every)
  }

  /** Something came from the other end. */
  heard(): void {
    this.#silentBeats = 0
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
