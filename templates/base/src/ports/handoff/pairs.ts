import { type Member, type Request, answer } from './member'
import { fromMain } from './handoff'

/** Two ends that were given out together. */
interface Pair {
  readonly generation: number
  readonly ends: readonly [Request, Request]
}

/** Of how many of its pairs a member's end is told to the others: the ports of the oldest tell it themselves. */
const MAX_PAIRS = 1000

/**
 * Who was joined with whom. A port tells the end of its other end by itself, but not always: after some crashes of a
 * page no `close` came (seen on Electron 22), and whoever waited would wait for ever.
 */
export class Pairs {
  readonly #pairs = new Map<Member, Pair[]>()

  add(pair: Pair): void {
    for (const { member } of pair.ends) {
      const pairs = this.#pairs.get(member) ?? []
      this.#pairs.set(member, [...pairs.slice(-MAX_PAIRS + 1), pair])
    }
  }

  /** Tells everyone whom `member` was joined with that it has gone. */
  part(member: Member): void {
    const pairs = this.#pairs.get(member) ?? []
    this.#pairs.delete(member)
    for (const pair of pairs) {
      for (const { member: partner, nonce } of pair.ends) {
        const ofPartner = this.#pairs.get(partner)
        if (!ofPartner) continue
        this.#pairs.set(
          partner,
          ofPartner.filter((each) => each !== pair),
        )
        answer(partner, { type: fromMain.gone, nonce, generation: pair.generation })
      }
    }
  }
}
