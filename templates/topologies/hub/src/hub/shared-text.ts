import { type Batch, type Entry, type Held, MAX_BATCH, MAX_CHARACTERS } from '../contracts/docs'
import { type Change, apply, cross, invert, isChange, lengthFor } from '../shared-text/change'
import { History } from './history'
import { Log } from './log'
import { refusal } from './refusal'

/** Somebody who has opened the document, and may have closed it. */
class Author {
  readonly seat: number
  readonly history = new History()
  /** How many changes of its own are in the text, and the revision that the last one has led to. */
  count = 0
  editedAt = 0
  /** How many are in it since this hub has begun, with those that undo. */
  edits = 0

  constructor(seat: number) {
    this.seat = seat
  }
}

/** The text, the order of its changes, and the undo of each author, which needs no window. */
export class SharedText {
  readonly #authors = new Map<string, Author>()
  readonly #log: Log
  readonly #now: () => number
  #text: string

  /** @param now  In milliseconds. */
  constructor({ revision, text, counts }: Held, now: () => number = Date.now) {
    this.#log = new Log(revision)
    this.#text = text
    this.#now = now
    for (const [author, count] of counts) this.author(author).count = count
  }

  get text(): string {
    return this.#text
  }

  get revision(): number {
    return this.#log.revision
  }

  get authors(): ReadonlyMap<string, Author> {
    return this.#authors
  }

  get state(): Held {
    const counts = [...this.#authors].map(([key, { count }]): [string, number] => [key, count])
    return { revision: this.revision, text: this.#text, counts }
  }

  /** Who has that key; a new one gets the next seat. */
  author(key: string): Author {
    const author = this.#authors.get(key) ?? new Author(this.#authors.size)
    this.#authors.set(key, author)
    return author
  }

  since(revision: number): Entry[] | undefined {
    return this.#log.since(revision)
  }

  /** Brings the changes of an author up to the present text, and makes them: all, or none. Throws as `Docs.edit` does. */
  edit(key: string, batch: Batch): void {
    const { revision, first, changes } = checkBatch(batch)
    const author = this.author(key)
    if (first !== author.count + 1 || revision < author.editedAt) {
      throw refusal('OUT_OF_TURN', 'The batch before has not come back yet.')
    }
    const missed = this.since(revision)
    if (!missed) throw refusal('TOO_OLD', 'What has changed since is forgotten.')
    const present = missed.reduce((list, { change }) => cross(list, change).list, changes)
    this.#check(present)
    for (const change of present) {
      author.count += 1
      author.history.add(this.#make(key, change), this.#now())
    }
    author.editedAt = this.revision
  }

  undo(key: string): boolean {
    return this.author(key).history.undo((change) => this.#make(key, change))
  }

  redo(key: string): boolean {
    return this.author(key).history.redo((change) => this.#make(key, change))
  }

  /** Makes a change that fits. Returns what takes it back. */
  #make(key: string, change: Change): Change {
    const author = this.author(key)
    const inverse = invert(this.#text, change)
    this.#text = apply(this.#text, change)
    this.#log.add({ author: key, count: author.count, change })
    author.edits += 1
    for (const [each, { history }] of this.#authors) if (each !== key) history.pass(change)
    return inverse
  }

  #check(changes: Change[]): void {
    let text = this.#text
    for (const change of changes) {
      if (lengthFor(change) > text.length) throw refusal('NO_CHANGE', 'It goes beyond the text.')
      text = apply(text, change)
      if (text.length > MAX_CHARACTERS) {
        const most = MAX_CHARACTERS.toLocaleString()
        throw refusal('TOO_LONG', `A text has at most ${most} characters.`)
      }
    }
  }
}

/** A window can send anything. */
function checkBatch(batch: Batch): Batch {
  const { revision, first, changes } = Object(batch) as Batch
  const isBatch =
    Number.isSafeInteger(revision) &&
    Number.isSafeInteger(first) &&
    Array.isArray(changes) &&
    changes.length <= MAX_BATCH &&
    changes.every(isChange)
  if (!isBatch) throw refusal('NO_CHANGE', 'It is no batch of changes.')
  return { revision, first, changes }
}
