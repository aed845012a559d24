import { type Batch, type Entry, type Held, MAX_BATCH } from '../contracts/docs'
import { type Change, apply, changeBetween, cross, follow } from './change'

/**
 * A window's own copy of the text. The user writes into it at once; what the hub has not yet put in order is pending, and
 * moves out of the way of what comes from others meanwhile.
 *
 *   the hub's text, of some revision ── pending: in flight ── pending: to be sent ──▶ the text that the user sees
 */
export class Replica {
  readonly #author: string
  #text = ''
  /** As the hub had it when it told of {@link #revision}. */
  #confirmed = ''
  /** Undefined until the hub has told the first state. */
  #revision: number | undefined
  #counts = new Map<string, number>()
  #pending: Change[] = []
  /** How many of the pending ones are on their way: the hub gets no more until these are back. */
  #inFlight = 0

  constructor(author: string) {
    this.#author = author
  }

  get text(): string {
    return this.#text
  }

  /** The hub's revision, while this text is the one of it; undefined while something is pending. */
  get settledAt(): number | undefined {
    return this.#pending.length === 0 ? this.#revision : undefined
  }

  /** What a hub that was restarted can go on with. */
  get held(): Held | undefined {
    if (this.#revision === undefined) return undefined
    return { revision: this.#revision, text: this.#confirmed, counts: [...this.#counts] }
  }

  /** Where a place in the hub's text is in this one. */
  placeOf(place: number): number {
    return this.#pending.reduce((moved, change) => follow(moved, change), place)
  }

  /** The user changes the text. */
  edit(change: Change): void {
    this.#text = apply(this.#text, change)
    this.#pending.push(change)
  }

  /** What is to be sent now, if anything. */
  takeBatch(): Batch | undefined {
    if (this.#revision === undefined || this.#inFlight > 0) return undefined
    if (this.#pending.length === 0) return undefined
    const changes = this.#pending.slice(0, MAX_BATCH)
    this.#inFlight = changes.length
    return { revision: this.#revision, first: this.#count + 1, changes }
  }

  /** The hub is to get again what was on its way. */
  sendAgain(): void {
    this.#inFlight = 0
  }

  /** The hub tells its next change. Returns what that does to the text: nothing, if it was the user's own. */
  receive({ author, count, change }: Entry): Change {
    this.#revision = (this.#revision ?? 0) + 1
    if (author === this.#author && count > this.#count) {
      this.#acknowledge()
      return []
    }
    this.#counts.set(author, count)
    return this.#let(change)
  }

  /** The hub tells its state, as far as it may be from the last one. Returns what that does to the text. */
  take({ revision, text, counts }: Held): Change {
    const known = new Map(counts)
    const mine = known.get(this.#author) ?? 0
    // Of what was on its way the hub has had some, perhaps, and could not say so.
    while (this.#pending.length > 0 && this.#count < mine) this.#acknowledge()
    this.#inFlight = 0
    this.#revision = revision
    this.#counts = known
    return this.#let(changeBetween(this.#confirmed, text))
  }

  /** Gives up what is pending. Returns what that does to the text. */
  drop(): Change {
    const change = changeBetween(this.#text, this.#confirmed)
    this.#text = this.#confirmed
    this.#pending = []
    this.#inFlight = 0
    return change
  }

  /** How many of the user's own changes the hub has. */
  get #count(): number {
    return this.#counts.get(this.#author) ?? 0
  }

  #acknowledge(): void {
    this.#confirmed = apply(this.#confirmed, this.#pending.shift() ?? [])
    this.#inFlight = Math.max(0, this.#inFlight - 1)
    this.#counts.set(this.#author, this.#count + 1)
  }

  /** Lets somebody else's change in. */
  #let(change: Change): Change {
    const { list, other } = cross(this.#pending, change)
    this.#confirmed = apply(this.#confirmed, change)
    this.#pending = list
    this.#text = apply(this.#text, other)
    return other
  }
}
