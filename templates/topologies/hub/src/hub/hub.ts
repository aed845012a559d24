import type { Batch, Docs, Held, News } from '../contracts/docs'
import type { Overview } from '../contracts/overview'
import { Allowance } from '../ports/handoff/allowance'
import { printable } from '../ports/printable'
import { follow } from '../shared-text/change'
import { Bell } from './bell'
import { People } from './people'
import { refusal } from './refusal'
import { SharedText } from './shared-text'

/** How often a window may edit: ours do so fifty times a second at most. */
const EDITS = { burst: 200, perSecond: 100 }

/** The least time between two tellings where the carets are, and how things are, in milliseconds. */
const PACE_MS = { carets: 30, overview: 100 }

/** The most changes in one item of a stream. */
const MAX_ENTRIES = 100

/** How much of the text an overview has, in characters. */
const BEGINNING = 1200

/** Who has opened a channel: what `serve` knows of it. */
export interface Writer {
  readonly key: string
  readonly gone: AbortSignal
}

/** What all windows share. It needs nothing of where it runs: a utility process, a worker window or main. */
export class Hub {
  readonly #text: SharedText
  readonly #people = new People()
  readonly #bell = new Bell()
  /** The channel by which each author is here: a window that was reloaded has another. */
  readonly #here = new Map<string, Writer>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(state: Held) {
    this.#text = new SharedText(state)
  }

  /** What a window may ask for over its channel, in the name of its key and no other. */
  serve(writer: Writer): Docs {
    const { key } = writer
    const allowance = new Allowance(EDITS)
    let wasRefused = false
    const change = async <Result>(make: () => Result): Promise<Result> => {
      try {
        if (this.#here.get(key) !== writer) throw refusal('OUT_OF_TURN', 'Join first.')
        if (!allowance.spend()) throw refusal('TOO_MANY', 'These are too many edits at once.')
        return this.#change(make)
      } catch (error) {
        if (!wasRefused)
          console.error(`The hub refused "${printable(key)}":`, printable(String(error)))
        wasRefused = true
        throw error
      }
    }
    return {
      join: (signal) => this.#join(writer, signal),
      edit: (batch: Batch) => change(() => this.#text.edit(key, batch)),
      undo: () => change(() => this.#text.undo(key)),
      redo: () => change(() => this.#text.redo(key)),
      point: (revision, place) => this.#point(writer, revision, place),
    }
  }

  /** For the first window. */
  async *watch(signal: AbortSignal): AsyncGenerator<Overview, void> {
    for (;;) {
      signal.throwIfAborted()
      const [revision, version] = [this.#text.revision, this.#people.version]
      yield this.#overview()
      await new Promise((resolve) => setTimeout(resolve, PACE_MS.overview))
      const isNews = revision !== this.#text.revision || version !== this.#people.version
      if (!isNews) await this.#bell.wait(signal)
    }
  }

  #join(writer: Writer, signal: AbortSignal): AsyncGenerator<News, void> {
    const { key, gone } = writer
    if (this.#here.get(key) === writer) throw refusal('OUT_OF_TURN', 'You have joined already.')
    this.#here.set(key, writer)
    this.#people.enter(key, this.#text.author(key).seat)
    this.#bell.ring()
    gone.addEventListener('abort', () => this.#leave(writer), { once: true })
    return this.#news(signal)
  }

  #leave(writer: Writer): void {
    if (this.#here.get(writer.key) !== writer) return
    this.#here.delete(writer.key)
    this.#people.leave(writer.key)
    this.#bell.ring()
  }

  /**
   * Everybody reads the one log at their own pace. Who does not read waits in a `yield` here, with nothing kept for
   * them: what they miss they get together, or a new state once it is forgotten.
   */
  async *#news(signal: AbortSignal): AsyncGenerator<News, void> {
    let revision = -1
    let people = -1
    for (;;) {
      const missed = this.#text.since(revision)
      if (!missed) {
        const state = this.#text.state
        revision = state.revision
        yield { kind: 'state', ...state }
      } else if (missed.length > 0) {
        const entries = missed.slice(0, MAX_ENTRIES)
        revision += entries.length
        yield { kind: 'changes', entries }
      } else if (people !== this.#people.version) {
        people = this.#people.version
        yield { kind: 'people', people: this.#people.list }
      } else {
        await this.#bell.wait(signal)
      }
    }
  }

  /** Runs what changes the text, moves the carets along, and wakes the readers. */
  #change<Result>(make: () => Result): Result {
    const before = this.#text.revision
    const result = make()
    for (const { author, change } of this.#text.since(before) ?? []) {
      this.#people.move(change, author)
    }
    this.#bell.ring()
    return result
  }

  #point(writer: Writer, revision: number, place: number): void {
    const missed = this.#text.since(revision)
    if (!missed || !Number.isSafeInteger(place) || this.#here.get(writer.key) !== writer) return
    const now = missed.reduce((moved, { change }) => follow(moved, change), place)
    this.#people.point(writer.key, Math.min(Math.max(now, 0), this.#text.text.length))
    this.#ringSoon()
  }

  /** However often somebody points. */
  #ringSoon(): void {
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#bell.ring()
    }, PACE_MS.carets)
  }

  #overview(): Overview {
    const { revision, text, authors } = this.#text
    return {
      revision,
      length: text.length,
      beginning: text.slice(0, BEGINNING),
      authors: [...authors].map(([key, { edits, history }]) => {
        const isHere = this.#people.has(key)
        return { key, edits, isHere, canUndo: history.canUndo }
      }),
    }
  }
}
