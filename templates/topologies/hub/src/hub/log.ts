import type { Entry } from '../contracts/docs'

/** How much is kept for those who are behind: so many changes, with so many inserted characters. */
const MAX_KEPT = { entries: 1000, characters: 1_000_000 }

/** The last changes of the text, in order. */
export class Log {
  #entries: Entry[] = []
  #characters = 0
  /** Up to this revision all is forgotten. */
  #forgotten: number

  constructor(revision: number) {
    this.#forgotten = revision
  }

  get revision(): number {
    return this.#forgotten + this.#entries.length
  }

  add(entry: Entry): void {
    this.#entries.push(entry)
    this.#characters += insertedBy(entry)
    while (this.#entries.length > MAX_KEPT.entries || this.#characters > MAX_KEPT.characters) {
      this.#characters -= insertedBy(this.#entries.shift() as Entry)
      this.#forgotten += 1
    }
  }

  /** The changes that came after a revision; undefined when some of them are forgotten, or it never was. */
  since(revision: number): Entry[] | undefined {
    if (!(revision >= this.#forgotten && revision <= this.revision)) return undefined
    return this.#entries.slice(revision - this.#forgotten)
  }
}

function insertedBy({ change }: Entry): number {
  return change.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0)
}
