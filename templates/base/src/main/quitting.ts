import { type Event, app } from 'electron'

/** For how long the windows are waited for to close, in milliseconds, until it is clear that one of them refuses. */
const PATIENCE_MS = 1000

/** Whether the app is about to end. Listeners of Electron's events can prevent that, and so can a window that stays. */
export class Quitting {
  readonly #isWindowLeft: () => boolean
  #attempt: Event | undefined

  /** @param isWindowLeft  Whether a window is open that the user sees. */
  constructor(isWindowLeft: () => boolean) {
    this.#isWindowLeft = isWindowLeft
    app.on('before-quit', (event) => this.#begin(event))
    app.on('will-quit', (event) => this.#begin(event))
  }

  get isUnderWay(): boolean {
    // Asked late, for a listener that comes after this one may have prevented it.
    return this.#attempt !== undefined && !this.#attempt.defaultPrevented
  }

  /** Calls `run` after a pause in milliseconds, unless the app is about to end, or has ended, by then. */
  later(pause: number, run: () => void): void {
    setTimeout(() => {
      if (!this.isUnderWay) run()
    }, pause)
  }

  #begin(event: Event): void {
    this.#attempt = event
    setTimeout(() => {
      if (this.#attempt === event && this.#isWindowLeft()) this.#attempt = undefined
    }, PATIENCE_MS)
  }
}
