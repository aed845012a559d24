import type { Figures, LineBatch, OpenedFile } from '../../../../contracts/lines'

/** Counts what has come of a file, and shows it. */
export class Meter {
  readonly #root: HTMLElement
  readonly #file: OpenedFile
  readonly #search: string
  #linesRead = 0
  #matches = 0
  #bytesRead = 0
  readonly #began = { bytesRead: 0, at: performance.now() }
  #shown = this.#began

  constructor(root: HTMLElement, file: OpenedFile, search: string) {
    this.#root = root
    this.#file = file
    this.#search = search
  }

  /** What has come, in words. */
  get result(): string {
    const lines = `${this.#linesRead.toLocaleString()} ${this.#linesRead === 1 ? 'line' : 'lines'}`
    return `${lines} in ${((performance.now() - this.#began.at) / 1000).toFixed(1)} s`
  }

  count({ lines, linesRead, bytesRead }: LineBatch): void {
    this.#linesRead = linesRead
    this.#matches += lines.length
    this.#bytesRead = bytesRead
  }

  /** @param since  When the speed shown is measured from. */
  show(since: 'last time' | 'beginning'): void {
    const { size } = this.#file
    const before = since === 'beginning' ? this.#began : this.#shown
    this.#shown = { bytesRead: this.#bytesRead, at: performance.now() }
    const milliseconds = Math.max(1, this.#shown.at - before.at)
    const speed = (1000 * (this.#bytesRead - before.bytesRead)) / milliseconds
    this.#say('count', this.#linesRead.toLocaleString())
    this.#say('matches', this.#search ? this.#matches.toLocaleString() : '–')
    this.#say('bytes', `${megabytes(this.#bytesRead)} of ${megabytes(size)}`)
    this.#say('speed', `${megabytes(speed)}/s`)
    this.#find<HTMLProgressElement>('progress').value = size > 0 ? this.#bytesRead / size : 1
  }

  /** Shows how far main is ahead of this page, and what that costs it. */
  showMain({ bytesRead, memory }: Figures): void {
    const ahead = Math.max(0, bytesRead - this.#bytesRead)
    this.#say('ahead', `${Math.round(ahead / 1000).toLocaleString()} KB`)
    this.#say('memory', `${Math.round(memory / 1e6)} MB`)
  }

  #say(figure: string, text: string): void {
    this.#find(figure).textContent = text
  }

  #find<Kind extends HTMLElement>(name: string): Kind {
    return this.#root.querySelector(`.${name}`) as Kind
  }
}

/** A size in bytes, for the user. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 10_000_000 ? 2 : 1)} MB`
}
