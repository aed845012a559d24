import { type Case, type Task, cases } from './cases.ts'
import type { Host, Place } from './place.ts'
import type { Result } from '../results.ts'

/** How much of its work a case does in a round, and how long it goes on. */
interface Effort {
  share: number
  /** For how many milliseconds a subject gets warm for a case, at most. */
  warmUp: number
  /** How many milliseconds a subject takes at least in a round of a case that is steady. */
  turn: number
  /** For how many milliseconds a case is repeated, between so few and so many rounds. */
  time: number
  rounds: [fewest: number, most: number]
  /** Where every round takes new processes. */
  freshRounds: number
}

const EFFORTS = {
  full: { share: 1, warmUp: 600, turn: 100, time: 3000, rounds: [6, 21], freshRounds: 3 },
  /** To tell figures apart that are nearly the same. */
  close: { share: 1, warmUp: 1500, turn: 120, time: 8000, rounds: [12, 60], freshRounds: 3 },
  quick: { share: 0.01, warmUp: 0, turn: 0, time: 0, rounds: [1, 1], freshRounds: 1 },
} satisfies Record<string, Effort>

/** Measures every subject in every case that it can do: all cases, unless given. */
export async function measureAll(
  place: Place,
  effort: keyof typeof EFFORTS,
  subjects: readonly string[],
  chosen: readonly Case[] = cases,
): Promise<{ results: Result[]; notes: string[] }> {
  const bench = new Bench(place, EFFORTS[effort], subjects, chosen)
  try {
    await bench.open()
    const results: Result[] = []
    for (const measured of chosen) results.push(await bench.measure(measured))
    return { results, notes: bench.notes }
  } finally {
    bench.close()
  }
}

class Bench {
  /** What a reader of the figures has to know of those that are missing. */
  readonly notes: string[] = []
  readonly #place: Place
  readonly #effort: Effort
  readonly #subjects: readonly string[]
  readonly #cases: readonly Case[]
  readonly #hosts: Host[] = []
  /** Which hosts can do a case, and how much of it each does in a round. */
  readonly #able: Map<Case, Map<Host, number>>

  constructor(place: Place, effort: Effort, subjects: readonly string[], chosen: readonly Case[]) {
    this.#place = place
    this.#effort = effort
    this.#subjects = subjects
    this.#cases = chosen
    this.#able = new Map(chosen.map((each) => [each, new Map()]))
  }

  /** Connects all subjects and has each do everything until it is warm: compiled, and settled. */
  async open(): Promise<void> {
    for (const subject of this.#subjects) {
      console.error(`Warming up ${subject} …`)
      try {
        const host = await this.#place.open(subject)
        this.#hosts.push(host)
        for (const each of this.#cases) {
          const share = await this.#warmUp(host, each)
          if (share !== undefined) this.#able.get(each)?.set(host, share)
        }
      } catch (error) {
        const note = `${subject} does not run between ${this.#place.name}: ${String(error)}`
        // Where a library is at home its failure is the bench's.
        if (!this.#place.isForeign) throw new Error(note, { cause: error })
        this.notes.push(note)
      }
    }
  }

  /** The subjects take turns, each round from another one on: a machine has its moods. */
  async measure(measured: Case): Promise<Result> {
    const { name, unit, isLessBetter = false, isFresh, note } = measured
    console.error(`Measuring ${name} …`)
    const { freshRounds, rounds, time } = this.#effort
    const [fewest, most] = isFresh ? [freshRounds, freshRounds] : rounds
    const values = new Map<string, number[]>(this.#subjects.map((subject) => [subject, []]))
    const able = [...(this.#able.get(measured) ?? [])]
    const end = performance.now() + time

    for (let round = 0; round < most && (round < fewest || performance.now() < end); round++) {
      for (const [host, share] of rotate(able, round)) {
        const task = { name, share }
        const value = await (isFresh ? this.#measureAlone(host, task) : host.measure(task))
        values.get(host.subject)?.push(value ?? NaN)
      }
    }
    const scores = [...values].map(([subject, taken]) => ({
      subject,
      isConcerned: concerns(measured, subject),
      rounds: taken,
    }))
    return { name, unit, isLessBetter, note, scores }
  }

  close(): void {
    for (const host of this.#hosts) host.close()
  }

  /** Returns how much of the case the subject is to do in a round; undefined when it cannot do it. */
  async #warmUp(host: Host, each: Case): Promise<number | undefined> {
    if (!concerns(each, host.subject)) return undefined
    const { name, warmUps, isFresh, isSteady } = each
    const { share, warmUp, turn } = this.#effort
    const end = performance.now() + warmUp
    const first = await host.measure({ name, share: share / 100 })
    if (first === undefined) return undefined
    if (isFresh) return share
    let took = Infinity
    for (let times = 0; times < warmUps && performance.now() < end; times++) {
      const start = performance.now()
      await host.measure({ name, share })
      took = performance.now() - start
    }
    return isSteady ? share * Math.max(1, turn / took) : share
  }

  /** What is loaded and compiled at first use is not in question. */
  async #measureAlone({ subject }: Host, { name, share }: Task): Promise<number | undefined> {
    const host = await this.#place.open(subject)
    try {
      await host.measure({ name, share: share / 100 })
      return await host.measure({ name, share })
    } finally {
      host.close()
    }
  }
}

function concerns({ only }: Case, subject: string): boolean {
  return !only || only.includes(subject)
}

function rotate<Item>(items: Item[], by: number): Item[] {
  const start = by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}
