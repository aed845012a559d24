// Runs in Node and in pages: nothing in here is known to one of them only.
import { type Client, newItem } from './subject.ts'

/** Something to measure, whatever the library and whatever carries the port. */
export interface Case {
  readonly name: string
  readonly unit: string
  readonly isLessBetter?: true
  /**
   * How it goes on is in question. A fast subject does more of it in a round: it would be over else before its process
   * has found its memory and its processor again, after the turns of the others.
   */
  readonly isSteady?: true
  /** Wants processes in which nothing has happened yet. */
  readonly isFresh?: true
  /** Whom it concerns, where that is not everybody. */
  readonly only?: readonly string[]
  /** How often it has run before its subject counts as warm. */
  readonly warmUps: number
  /** How it is to be read. */
  readonly note?: string
  /**
   * One value, or undefined when the library cannot do this. Throws on a wrong answer: nobody wins
   * by being wrong.
   *
   * @param share  How much of its work to do, up to 1.
   */
  measure(client: Client, share: number, tools: Tools): Promise<number | undefined>
}

/** What a case cannot do by itself wherever it runs. */
export interface Tools {
  /** How many MB the processes of both ends take. */
  readMemory(): Promise<number>
}

/** What is to be measured, of a subject that is connected. */
export interface Task {
  name: string
  share: number
}

/** A value, nothing where the subject cannot do the case, or what went wrong. */
export interface Outcome {
  value?: number
  error?: string
}

const KIB = 1024

export const cases: readonly Case[] = [
  {
    name: 'call-sequential',
    unit: 'calls/s',
    warmUps: 6,
    measure: (client, share) => rateOf(500 * share, (count) => timeCalls(client, count)),
  },
  {
    name: 'call-latency-p50',
    unit: 'µs',
    isLessBetter: true,
    warmUps: 1,
    measure: async (client, share) => 1000 * middleOf(await timeCalls(client, 500 * share)),
  },
  {
    name: 'call-1000',
    unit: 'calls/s',
    isSteady: true,
    warmUps: 20,
    measure: async (client, share) =>
      1000 * (await rateOf(10 * share, (bursts) => callAtOnce(client, 1000, bursts))),
  },
  {
    name: 'payload-64k',
    unit: 'calls/s',
    warmUps: 2,
    measure: (client, share) => rateOfBytes(client, 64 * KIB, 200 * share),
  },
  {
    name: 'payload-1m',
    unit: 'calls/s',
    warmUps: 1,
    measure: (client, share) => rateOfBytes(client, KIB * KIB, 20 * share),
  },
  {
    name: 'stream',
    unit: 'items/s',
    isSteady: true,
    warmUps: 5,
    note: 'ours with `credit: 1000`; raw posts 100 items at once, and nothing holds it back.',
    measure: (client, share) => rateOfItems(client.itemsFarAhead ?? client.items, 40_000 * share),
  },
  {
    name: 'stream-usual-credit',
    unit: 'items/s',
    only: ['raw', 'ours'],
    isSteady: true,
    warmUps: 3,
    note: 'ours with the credit of 64 that a stream has unless told otherwise.',
    measure: (client, share) => rateOfItems(client.items, 10_000 * share),
  },
  {
    name: 'stream-slow',
    unit: 'MB',
    isLessBetter: true,
    isFresh: true,
    warmUps: 0,
    note: 'by how much both ends grow while items of 48 KiB come faster than they are read.',
    measure: async ({ items }, share, tools) =>
      items && growthDuring(tools, (rest) => readItems(items, 6000 * share, 48 * KIB, rest)),
  },
]

/** Never throws: what went wrong travels to where it can be told. */
export async function runCase(
  client: Client,
  { name, share }: Task,
  tools: Tools,
): Promise<Outcome> {
  try {
    const found = cases.find((candidate) => candidate.name === name)
    if (!found) throw new Error(`There is no case "${name}".`)
    const value = await found.measure(client, share, tools)
    return value === undefined ? {} : { value }
  } catch (error) {
    return { error: String(error) }
  }
}

/** How often a second `run` does what it does `count` times. */
async function rateOf(count: number, run: (count: number) => Promise<unknown>): Promise<number> {
  const whole = Math.ceil(count)
  const start = performance.now()
  await run(whole)
  return (1000 * whole) / (performance.now() - start)
}

/** By how many MB both ends have grown at most whenever `run` rests. */
async function growthDuring(
  { readMemory }: Tools,
  run: (rest: () => Promise<void>) => Promise<void>,
): Promise<number> {
  const before = await readMemory()
  let peak = before
  let rests = 0
  await run(async () => {
    // Not every time: where another process has to be asked, that is a rest in itself.
    if (rests % 8 === 0) peak = Math.max(peak, await readMemory())
    rests += 1
    await new Promise((resolve) => setTimeout(resolve, 1))
  })
  return peak - before
}

/** One call after the other; how many milliseconds each took. */
async function timeCalls({ echo }: Client, count: number): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    const start = performance.now()
    const answer = await echo(index)
    times.push(performance.now() - start)
    check(answer === index, 'echo', index)
  }
  return times
}

function middleOf(times: readonly number[]): number {
  const sorted = Float64Array.from(times)
  sorted.sort()
  return sorted[times.length >> 1] ?? NaN
}

/** Makes `count` calls before the first is answered, as many times over as there are bursts. */
async function callAtOnce({ echo }: Client, count: number, bursts: number): Promise<void> {
  const asked = Array.from({ length: count }, (_, index) => index)
  for (let burst = 0; burst < bursts; burst++) {
    const answers = await Promise.all(asked.map((index) => echo(index)))
    for (const index of asked) check(answers[index] === index, 'echo', index)
  }
}

function rateOfBytes(client: Client, size: number, count: number): Promise<number> {
  const bytes = new Uint8Array(size).map((_, index) => index)
  return rateOf(count, (whole) => echoBytes(client, bytes, whole))
}

/** One echo after the other. To compare all bytes of each would measure the comparison. */
async function echoBytes({ echo }: Client, bytes: Uint8Array, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    bytes[0] = index
    bytes[bytes.length - 1] = index
    const answer = await echo(bytes)
    check(isBytes(answer, bytes.length, index), 'echo', index)
    if (index === 0)
      check(
        answer.every((byte, at) => byte === bytes[at]),
        'echo',
        index,
      )
  }
}

type OpenItems = NonNullable<Client['items']>

async function rateOfItems(
  items: OpenItems | undefined,
  count: number,
): Promise<number | undefined> {
  return items && rateOf(count, (whole) => readItems(items, whole, 0))
}

/** Reads a stream to its end, and rests after every few items. */
async function readItems(
  items: OpenItems,
  amount: number,
  bytes: number,
  rest?: () => Promise<void>,
): Promise<void> {
  const count = Math.ceil(amount)
  let index = 0
  for await (const item of items(count, bytes)) {
    const isRight = bytes > 0 ? isBytes(item, bytes, index) : item === newItem(index, 0)
    check(isRight, 'item', index)
    index += 1
    if (rest && index % 8 === 0) await rest()
  }
  check(index === count, 'end', index)
}

function isBytes(value: unknown, size: number, stamp: number): boolean {
  const isWhole = value instanceof Uint8Array && value.byteLength === size
  return isWhole && value[0] === (stamp & 255) && value[size - 1] === (stamp & 255)
}

function check(isRight: boolean, what: string, index: number): void {
  if (!isRight) throw new Error(`A wrong ${what} came at ${index}.`)
}
