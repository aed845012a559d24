import { type Line, toPattern } from '../../../../contracts/lines'

/** How many lines are kept. A page that kept all of them would grow as large as the file. */
const MAX_LINES = 500

/** Shows the last lines that came, with what was searched for marked. */
export class LineView {
  readonly #list: HTMLElement
  #lines: Line[] = []
  #pattern: RegExp | undefined
  #isStale = true

  constructor(list: HTMLElement) {
    this.#list = list
  }

  /** Begins anew. */
  clear(search: string): void {
    this.#lines = []
    this.#pattern = search ? toPattern(search, 'g') : undefined
    this.#isStale = true
  }

  /** Takes lines, which are shown by the next {@link show}: they come faster than anyone reads. */
  add(lines: Line[]): void {
    if (lines.length === 0) return
    this.#lines.push(...lines)
    this.#lines.splice(0, this.#lines.length - MAX_LINES)
    this.#isStale = true
  }

  show(): void {
    if (!this.#isStale) return
    this.#isStale = false
    this.#list.replaceChildren(...this.#lines.map((line) => this.#newRow(line)))
    this.#list.scrollTop = this.#list.scrollHeight
  }

  #newRow({ number, text }: Line): HTMLElement {
    const row = document.createElement('li')
    row.dataset['number'] = String(number)
    let from = 0
    for (const { 0: found, index } of this.#pattern ? text.matchAll(this.#pattern) : []) {
      const mark = document.createElement('mark')
      mark.textContent = found
      row.append(text.slice(from, index), mark)
      from = index + found.length
    }
    row.append(text.slice(from))
    return row
  }
}
