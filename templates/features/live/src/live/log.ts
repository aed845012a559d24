/** What has been said, a row for each question with its answer: the last of it, in a ring. */
import type { Answered, Asked, Batch, Entry, Items, Outcome, Place, Verb } from './contract'

export interface Row {
  /** Counted from the first there ever was. */
  readonly number: number
  readonly from: Place
  /** The key of who was asked, where that is one of many. */
  readonly to?: string | undefined
  readonly link: string
  readonly generation: number
  readonly kind: Verb | 'answer' | 'event'
  readonly method: string
  /** In milliseconds since 1970. */
  readonly at: number
  /** JSON; empty when it is not to be seen. */
  readonly args: string
  state: 'sent' | 'waiting' | Outcome
  /** Milliseconds to the answer. */
  after?: number
  /** JSON. */
  answer: string
  /** How many items have come of a stream, and the first of them, as JSON. */
  count: number
  readonly items: string[]
  /** Of an answer that came late: which question it is to. */
  readonly of?: number
}

/** How many rows are kept. */
export const MOST_ROWS = 50_000

/** How many items of a stream are kept. */
const MOST_ITEMS = 100

/** An answer is a row of its own where so many came between it and its question. */
const LATE_ROWS = 100

export class Log {
  readonly #rows: Row[] = []
  /** By the process and the id of what was asked, as long as it is not answered. */
  readonly #open = new Map<string, Row>()
  #first = 0
  #next = 0
  /** How many messages are in no row, for there were too many at once. */
  unlisted = 0
  /** Whether what is asked is counted, and gets no row. */
  isPaused = false
  /** Another whenever there is something new to see. */
  version = 0
  /** The first number since all was cleared. */
  #start = 0

  /** How many rows had to make room. */
  get forgotten(): number {
    return this.#first - this.#start
  }

  /** The number of the oldest row that is kept, and that of the next to come. */
  get first(): number {
    return this.#first
  }

  get next(): number {
    return this.#next
  }

  at(number: number): Row | undefined {
    return number < this.#first ? undefined : this.#rows[number % MOST_ROWS]
  }

  /** All that is kept, the oldest first. */
  *[Symbol.iterator](): Generator<Row> {
    for (let number = this.#first; number < this.#next; number++) yield this.at(number) as Row
  }

  /** @param process  Whose it is: the same for all batches of a process, and of no other. */
  add(process: string, from: Place, { entries, unlisted }: Batch): void {
    this.version += 1
    this.unlisted += unlisted
    for (const entry of entries) this.#addEntry(`${process} ${entry.id}`, from, entry)
  }

  /** Something that happened to a node. */
  addEvent(from: Place, text: string): void {
    this.version += 1
    this.#push({
      from,
      link: '',
      generation: 0,
      kind: 'event',
      method: text,
      at: Date.now(),
      args: '',
    })
  }

  /** A process is gone: what it waited for will not come. */
  lose(process: string): void {
    this.version += 1
    for (const [key, row] of this.#open) {
      if (!key.startsWith(`${process} `)) continue
      row.state = 'lost'
      this.#open.delete(key)
    }
  }

  clear(): void {
    this.version += 1
    this.#rows.length = 0
    this.#open.clear()
    this.#next = Math.ceil(this.#next / MOST_ROWS) * MOST_ROWS
    this.#first = this.#next
    this.#start = this.#next
    this.unlisted = 0
  }

  #addEntry(key: string, from: Place, entry: Entry): void {
    if (entry.what === 'asked') return this.#addAsked(key, from, entry)
    const row = this.#open.get(key)
    if (!row) return
    if (entry.what === 'items') return addItems(row, entry)
    this.#open.delete(key)
    this.#settle(row, entry)
  }

  #addAsked(key: string, from: Place, asked: Asked): void {
    const { link, generation, to, kind, method, at, args } = asked
    if (this.isPaused) {
      this.unlisted += 1
      return
    }
    const row = this.#push({ from, to, link, generation, kind, method, at, args })
    if (kind === 'notify') row.state = 'sent'
    else this.#open.set(key, row)
  }

  #settle(row: Row, { how, after, answer }: Answered): void {
    row.state = how
    row.after = after
    row.answer = answer
    if (this.#next - row.number < LATE_ROWS) return
    const { from, to, link, generation, method, number, at } = row
    const late = {
      from,
      to,
      link,
      generation,
      kind: 'answer',
      method,
      at: at + after,
      args: '',
    } as const
    Object.assign(this.#push({ ...late, of: number }), { state: how, after, answer })
  }

  #push(
    about: Pick<
      Row,
      'from' | 'to' | 'link' | 'generation' | 'kind' | 'method' | 'at' | 'args' | 'of'
    >,
  ): Row {
    const row: Row = {
      ...about,
      number: this.#next,
      state: 'waiting',
      answer: '',
      count: 0,
      items: [],
    }
    this.#rows[row.number % MOST_ROWS] = row
    this.#next += 1
    if (this.#next - this.#first > MOST_ROWS) this.#first += 1
    return row
  }
}

function addItems(row: Row, { count, items }: Items): void {
  row.count += count
  row.items.push(...items.slice(0, MOST_ITEMS - row.items.length))
}
