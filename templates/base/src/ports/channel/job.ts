import { CREDIT } from './incoming-stream'

/** A handler at work for the other end. */
export class Job {
  #credit: number
  #controller: AbortController | undefined
  #wake: (() => void) | undefined
  #isStopped = false

  /** @param credit  How many items its stream may send before the consumer grants more. */
  constructor(credit = 0) {
    // Whatever is granted: a producer that never had to pause could keep this process to itself.
    this.#credit = Math.min(credit, CREDIT.most)
  }

  /** Nobody wants its answer any more. */
  get isStopped(): boolean {
    return this.#isStopped
  }

  /** Tells the handler so. Made when a handler wants it, for it costs more than all else of a call. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  stop(reason: unknown): void {
    this.#isStopped = true
    this.#controller?.abort(reason)
    this.#wake?.()
  }

  grant(count: number): void {
    this.#credit = Math.min(this.#credit + count, CREDIT.most)
    this.#wake?.()
  }

  /** Spends the credit for one item. Returns a promise when there was no more, for more or the end. */
  spend(): Promise<void> | undefined {
    this.#credit -= 1
    if (this.#credit > 0 || this.#isStopped) return undefined
    return new Promise((resolve) => (this.#wake = resolve))
  }
}
