import type { BrowserWindow } from 'electron'
import type { Quitting } from './quitting'

/** The pause in milliseconds until it is looked again whether the app goes on that was about to end. */
const PAUSE_MS = 1000

/** What a start leaves for later: until the first window has painted, all else would hold that up. */
export class FirstWindow {
  readonly #quitting: Quitting
  /** Undefined when nothing has to wait. */
  #waiting: (() => void)[] | undefined = []

  constructor(quitting: Quitting) {
    this.#quitting = quitting
  }

  /** Calls `run` when the first window is there, or at once where nothing has to wait. */
  after(run: () => void): void {
    if (this.#waiting) this.#waiting.push(run)
    else run()
  }

  /** There is going to be a first window once more, such as after a click in the dock of macOS. */
  expect(): void {
    this.#waiting ??= []
  }

  /** A window that can be seen: it is there when it has painted, is shown without that, or is gone. */
  add(window: BrowserWindow): void {
    const goOn = (): void => this.goOn()
    window.once('ready-to-show', goOn)
    window.once('show', goOn)
    window.once('closed', goOn)
  }

  /** Nothing has to wait any longer, unless the app is about to end: then nothing is to start. */
  goOn(): void {
    if (!this.#waiting) return
    if (this.#quitting.isUnderWay) return this.#quitting.later(PAUSE_MS, () => this.goOn())
    const waiting = this.#waiting
    this.#waiting = undefined
    for (const run of waiting) run()
  }
}
