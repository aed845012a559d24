import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, newItem } from './subject.ts'

/** Something to measure, whatever the library and whatever carries the port. */
export interface Case {
  readonly name: string
  readonly unit: string
  readonly isLessBetter?: true
  /** Wants a process in which nothing has happened yet. */
  readonly isFresh?: true
  /**
   * One value, or undefined when the library cannot do this. Throws on a wrong answer: nobody wins
   * by being wrong.
   *
   * @param share  How much of its work to do, up to 1.
   */
  measure(client: Client, share: number): Promise<number | undefined>
}

const KIB = 1024

export const cases: readonly Case[] = [
  {
    name: 'call-sequential',
    unit: 'calls/s',
    measure: (client, share) => rateOf(300 * share, (count) => timeCalls(client, count)),
  },
  {
    name: 'call-latency-p50',
    unit: 'µs',
    isLessBetter: true,
    measure: async (client, share) => 1000 * medianOf(await timeCalls(client, 300 * share)),
  },
  {
    name: 'call-1000',
    unit: 'calls/s',
    measure: async (client) => 1000 * (await rateOf(1, () => callAtOnce(client, 1000))),
  },
  {
    name: 'payload-64k',
    unit: 'calls/s',
    measure: (client, share) => rateOfBytes(client, 64 * KIB, 200 * share),
  },
  {
    name: 'payload-1m',
    unit: 'calls/s',
    measure: (client, share) => rateOfBytes(client, KIB * KIB, 20 * share),
  },
  {
    name: 'stream',
    unit: 'items/s',
    measure: async (client, share) =>
      client.items && rateOf(3000 * share, (count) => readItems(client, count, 0)),
  },
  {
    name: 'stream-slow',
    unit: 'MB',
    isLessBetter: true,
    isFresh: true,
    measure: async (client, share) =>
      client.items && growthDuring((rest) => readItems(client, 3000 * share, 48 * KIB, rest)),
  },
]

/** @throws when there is no case of that name. */
export function findCase(name: unknown): Case {
  const found = cases.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`There is no case "${String(name)}".`)
  return found
}

export function medianOf(values: readonly number[]): number {
  return quantileOf(values, 0.5)
}

/** The value below which that part of all values lies. */
export function quantileOf(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(part * (sorted.length - 1))] ?? NaN
}

/** How often a second `run` does what it does `count` times. */
async function rateOf(count: number, run: (count: number) => Promise<unknown>): Promise<number> {
  const whole = Math.ceil(count)
  const start = performance.now()
  await run(whole)
  return (1000 * whole) / (performance.now() - start)
}

/** By how many MB this process, both threads of it, has grown at most whenever `run` rests. */
async function growthDuring(run: (rest: () => Promise<void>) => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss()
  let peak = before
  await run(async () => {
    peak = Math.max(peak, process.memoryUsage.rss())
    await sleep(1)
  })
  return (peak - before) / 1e6
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

/** Makes `count` calls before the first is answered. */
async function callAtOnce({ echo }: Client, count: number): Promise<void> {
  const asked = Array.from({ length: count }, (_, index) => index)
  const answers = await Promise.all(asked.map((index) => echo(index)))
  for (const index of asked) check(answers[index] === index, 'echo', index)
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
    if (index === 0) check(Buffer.compare(answer, bytes) === 0, 'echo', index)
  }
}

/** Reads a stream to its end, and rests after every few items. */
async function readItems(
  client: Client,
  amount: number,
  bytes: number,
  rest?: () => Promise<void>,
): Promise<void> {
  const count = Math.ceil(amount)
  let index = 0
  for await (const item of client.items?.(count, bytes) ?? []) {
    const isRight = bytes > 0 ? isBytes(item, bytes, index) : item === newItem(index, 0)
    check(isRight, 'item', index)
    index += 1
    if (rest && index % 4 === 0) await rest()
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
