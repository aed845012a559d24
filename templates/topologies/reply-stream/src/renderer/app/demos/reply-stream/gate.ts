/** Where a loop waits while it is paused. */
export class Gate {
  #opened: Promise<void> | undefined
  #open = (): void => {}

  get isOpen(): boolean {
    return this.#opened === undefined
  }

  close(): void {
    this.#opened ??= new Promise((resolve) => (this.#open = resolve))
  }

  open(): void {
    this.#open()
    this.#opened = undefined
  }

  /** Resolves once it is open. */
  async pass(): Promise<void> {
    await this.#opened
  }
}
