import type { Change } from '../shared-text/change'

/** The link `docs`, from a document window to the hub. Who asks, the hub knows by the key of the window: the author. */
export interface Docs {
  /**
   * The state of the text, then what changes: one stream, without a gap. A window that is slow to read it gets more
   * changes in fewer items, and in the end a new state. Never ends by itself.
   *
   * @throws with code `OUT_OF_TURN` the second time that a channel joins.
   */
  join(signal: AbortSignal): AsyncIterable<News>

  /**
   * Changes the text. The batch before must have come back by the stream.
   *
   * @throws with code `TOO_OLD` when the hub has forgotten what has changed since that revision: to be sent again for a
   *   later one. With any other code it is refused for good: `TOO_LONG`, `TOO_MANY`, `NO_CHANGE` or `OUT_OF_TURN`.
   */
  edit(batch: Batch): Promise<void>

  /** Takes the author's last step back, or makes it again. False when there is none. */
  undo(): Promise<boolean>
  redo(): Promise<boolean>

  /** Where the author's caret is in the text of that revision: not more than a few dozen times a second is it passed on. */
  point(revision: number, place: number): void
}

/** The link `held`, from a hub that was restarted to each window that is there. */
export interface Holder {
  /** What the window had from the hub before; undefined when it has had nothing yet. */
  held(): Promise<Held | undefined>
}

export interface Held {
  /** How many changes the text is of. A hub that goes on with it goes on counting from there. */
  revision: number
  text: string
  /** How many of each author's own changes are in it. */
  counts: [author: string, count: number][]
}

/** What a window is told. Each holds for the revision that those before it have led to. */
export type News =
  | ({ kind: 'state' } & Held)
  | { kind: 'changes'; entries: Entry[] }
  | { kind: 'people'; people: Person[] }

/** A change as it is in the order of the hub: each makes the next revision. */
export interface Entry {
  author: string
  /** How many of the author's own changes are in the text by now. One that undoes is the hub's, and does not count. */
  count: number
  change: Change
}

/** Some changes of one author, each for the text that the ones before have made. */
export interface Batch {
  /** What the first of them is for. */
  revision: number
  /** Which one of the author's changes the first is, counted from 1. */
  first: number
  changes: Change[]
}

/** Somebody whose window is open. */
export interface Person {
  key: string
  /** The caret, in characters from the beginning. */
  place: number
  /** Which one it is of all who have ever written: for a colour that is the same in all windows. */
  seat: number
}

/** The longest text, in characters. */
export const MAX_CHARACTERS = 100_000

/** The most changes in one batch. */
export const MAX_BATCH = 100
