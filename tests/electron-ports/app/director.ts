import type { Part } from '../../ports/cases/meet.ts'
import { type Pair, type Place, partsOf } from '../pairs.ts'
import type { Order, Outcome } from './order.ts'

/** Posts an order, with a port, to where it is carried out. */
export type Send<Port> = (order: Order, port: Port) => void

/** Connects any two places for one case, tells them their parts, and hears what came of it. */
export class Director<Port> {
  readonly #newChannel: () => { port1: Port; port2: Port }
  readonly #sends = new Map<Place, Send<Port>>()
  /** Orders that are being carried out. */
  readonly #pending = new Map<number, (outcome: string) => void>()
  #lastId = 0
  #readerOutcome = Promise.resolve('Nothing was played.')

  constructor(newChannel: () => { port1: Port; port2: Port }) {
    this.#newChannel = newChannel
  }

  /** What came of the case that is played, at its reader's end. */
  get readerOutcome(): Promise<string> {
    return this.#readerOutcome
  }

  /** From now on that is how orders get there. */
  admit(place: Place, send: Send<Port>): void {
    this.#sends.set(place, send)
  }

  /** Plays a case between two places. Gives what came of it at either end. */
  async play(pair: Pair, name: string, isChecked: boolean): Promise<Record<Part['role'], string>> {
    const parts = partsOf(pair, name)
    const { port1, port2 } = this.#newChannel()
    const library = this.#order(pair.library, parts.library, port2, isChecked)
    this.#readerOutcome = this.#order(pair.reader, parts.reader, port1, isChecked)
    return { reader: await this.#readerOutcome, library: await library }
  }

  receive({ id, outcome }: Outcome): void {
    this.#pending.get(id)?.(outcome)
    this.#pending.delete(id)
  }

  #order(place: Place, part: Part, port: Port, isChecked: boolean): Promise<string> {
    this.#lastId += 1
    const id = this.#lastId
    const to = place.endsWith('worker') ? 'worker' : 'page'
    return new Promise((resolve) => {
      this.#pending.set(id, resolve)
      this.#sends.get(place)?.({ id, part, to, isChecked }, port)
    })
  }
}
