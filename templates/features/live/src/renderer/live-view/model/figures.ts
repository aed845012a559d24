import type { Tally } from '../../../live/contract'

/** How many of the last times from a call to its answer the percentiles are of. */
const SAMPLE = 500

/** Of how much the news of the last half second weigh in a rate. */
const WEIGHT = 0.6

/** What has passed over a link. */
export class Figures {
  readonly link: string
  messages = 0
  bytes = 0
  failures = 0
  /** Per second. */
  messageRate = 0
  byteRate = 0
  /** Sent since it was asked last, from the end that opens the link and from the other. */
  #moved = { forth: 0, back: 0 }
  /** What is so now, by the channel of a process. */
  readonly #now = new Map<string, Tally>()
  #roundTrips: number[] = []
  #at = performance.now()
  #before = { messages: 0, bytes: 0 }

  constructor(link: string) {
    this.link = link
  }

  add(process: string, isForth: boolean, tally: Tally): void {
    this.messages += tally.messages
    this.bytes += tally.bytes
    this.failures += tally.failures
    this.#moved[isForth ? 'forth' : 'back'] += tally.messages
    this.#now.set(`${process} ${tally.generation}`, tally)
    this.#roundTrips.push(...tally.roundTrips)
    if (this.#roundTrips.length > SAMPLE) this.#roundTrips = this.#roundTrips.slice(-SAMPLE)
  }

  /** A process has other channels than before, or none. */
  keep(process: string, generations: number[]): void {
    for (const key of this.#now.keys()) {
      if (!key.startsWith(`${process} `)) continue
      if (!generations.includes(Number(key.slice(process.length + 1)))) this.#now.delete(key)
    }
  }

  takeMoved(): { forth: number; back: number } {
    const moved = this.#moved
    this.#moved = { forth: 0, back: 0 }
    return moved
  }

  /** Is called about twice a second. */
  measure(): void {
    const now = performance.now()
    const seconds = (now - this.#at) / 1000
    if (seconds < 0.2) return
    const { messages, bytes } = this.#before
    this.messageRate = smooth(this.messageRate, (this.messages - messages) / seconds)
    this.byteRate = smooth(this.byteRate, (this.bytes - bytes) / seconds)
    this.#before = { messages: this.messages, bytes: this.bytes }
    this.#at = now
  }

  get streams(): number {
    return this.#sum(({ streams }) => streams)
  }

  get credit(): Tally['credit'] {
    return {
      used: this.#sum(({ credit }) => credit.used),
      most: this.#sum(({ credit }) => credit.most),
    }
  }

  /** The time in milliseconds within which this share of the calls was answered; undefined without any. */
  percentile(share: number): number | undefined {
    const sorted = [...this.#roundTrips]
    sorted.sort((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  }

  #sum(read: (tally: Tally) => number): number {
    let sum = 0
    for (const tally of this.#now.values()) sum += read(tally)
    return sum
  }
}

function smooth(before: number, now: number): number {
  const rate = before + (now - before) * WEIGHT
  return rate < 0.05 ? 0 : rate
}
