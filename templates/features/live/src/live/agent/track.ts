import type { Items, Place, Tally } from '../contract'

/** How many times from a call to its answer are reported in a batch. */
const MOST_ROUND_TRIPS = 100

/** Something that was asked here and is not answered yet. */
export interface Pending {
  /** Of what was listed when it was asked. */
  readonly id: number
  readonly at: number
  /** How many items the producer may be ahead: 0 for a call. */
  readonly credit: number
  /** How many more may come. */
  due: number
  /** What has come in the batch that is under way. */
  items?: Items | undefined
}

/** What is known of one channel. */
export class Track {
  readonly link: string
  readonly generation: number
  /** Who is at the other end, as far as that is known. */
  readonly peer: Place | undefined
  /** By the number that this end gave it. */
  readonly pending = new Map<unknown, Pending>()
  messages = 0
  bytes = 0
  failures = 0
  #roundTrips: number[] = []
  #wasBusy = false

  constructor(link: string, generation: number, peer: Place | undefined) {
    this.link = link
    this.generation = generation
    this.peer = peer
  }

  addRoundTrip(milliseconds: number): void {
    if (this.#roundTrips.length < MOST_ROUND_TRIPS) this.#roundTrips.push(milliseconds)
  }

  /** What has been counted since it was taken last; undefined when there is no news. */
  take(): Tally | undefined {
    const streams = [...this.pending.values()].filter(({ credit }) => credit > 0)
    const isBusy = this.messages > 0 || this.#roundTrips.length > 0 || streams.length > 0
    const isNews = isBusy || this.#wasBusy
    this.#wasBusy = isBusy
    if (!isNews) return undefined
    const { link, generation, peer, messages, bytes, failures } = this
    const roundTrips = this.#roundTrips
    this.messages = this.bytes = this.failures = 0
    this.#roundTrips = []
    const most = streams.reduce((sum, { credit }) => sum + credit, 0)
    const used = streams.reduce((sum, { credit, due }) => sum + credit - due, 0)
    const credit = { used, most }
    return {
      link,
      generation,
      peer,
      messages,
      bytes,
      failures,
      roundTrips,
      streams: streams.length,
      credit,
    }
  }
}
