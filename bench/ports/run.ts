import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type Case, cases, medianOf, quantileOf } from './cases.ts'
import { subjects } from './subjects/index.ts'
import { drawChart } from './svg.ts'
import { type Result, type Score, drawTable } from './table.ts'
import { type Host, type Task, hostInThreads } from './threads.ts'

/** How much of its work a case does in a round, and how many rounds there are. */
interface Effort {
  share: number
  rounds: number
  /** Where every round takes new processes. */
  freshRounds: number
}

const FULL: Effort = { share: 1, rounds: 21, freshRounds: 3 }
const QUICK: Effort = { share: 0.01, rounds: 1, freshRounds: 1 }

interface Flags {
  json?: string
  svg?: string
  quick?: boolean
}

try {
  await run(readFlags())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode ||= 1
}

async function run({ json, svg, quick }: Flags): Promise<void> {
  const results = await measureAll(quick ? QUICK : FULL)
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`)
  console.log(drawTable(results))
  if (json) writeFileSync(json, `${JSON.stringify({ rows: listRows(results) }, null, 2)}\n`)
  if (svg) writeFileSync(svg, drawChart(results))
}

function readFlags(): Flags {
  try {
    return parseArgs({
      options: { json: { type: 'string' }, svg: { type: 'string' }, quick: { type: 'boolean' } },
    }).values
  } catch (error) {
    process.exitCode = 2
    const [reason] = (error as Error).message.split(/\. |\n/)
    const message = `${reason}: the bench takes --json FILE, --svg FILE and --quick.`
    throw new Error(message, { cause: error })
  }
}

async function measureAll(effort: Effort): Promise<Result[]> {
  const hosts = subjects.map(({ name }) => hostInThreads(name))
  const results: Result[] = []
  try {
    for (const measured of cases) results.push(await measureCase(measured, hosts, effort))
  } finally {
    for (const host of hosts) host.close()
  }
  return results
}

/** The subjects take turns, each round from another one on: a machine has its moods. */
async function measureCase(measured: Case, hosts: Host[], effort: Effort): Promise<Result> {
  const { name, unit, isLessBetter = false, isFresh } = measured
  console.error(`Measuring ${name} …`)
  const task = { name, share: effort.share }
  const values = new Map<string, number[]>(hosts.map(({ subject }) => [subject, []]))
  const able = await filterAble(hosts, task)

  for (let round = 0; round < (isFresh ? effort.freshRounds : effort.rounds); round++) {
    for (const { subject, measure } of rotate(able, round)) {
      const value = await (isFresh ? measureAlone(subject, task) : measure(task))
      values.get(subject)?.push(value ?? NaN)
    }
  }
  return { name, unit, isLessBetter, scores: [...values].map(scoreOf) }
}

/** Those who can do it at all, which have then done a little of it. */
async function filterAble(hosts: Host[], task: Task): Promise<Host[]> {
  const able: Host[] = []
  for (const host of hosts) if ((await warmUp(host, task)) !== undefined) able.push(host)
  return able
}

async function measureAlone(subject: string, task: Task): Promise<number | undefined> {
  const host = hostInThreads(subject)
  try {
    await warmUp(host, task)
    return await host.measure(task)
  } finally {
    host.close()
  }
}

/** What is loaded and compiled at first use is not in question. */
function warmUp(host: Host, { name, share }: Task): Promise<number | undefined> {
  return host.measure({ name, share: share / 100 })
}

function rotate<Item>(items: Item[], by: number): Item[] {
  const start = by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

function scoreOf([subject, rounds]: [string, number[]]): Score {
  if (rounds.length === 0) return { subject }
  return {
    subject,
    value: medianOf(rounds),
    middleHalf: [quantileOf(rounds, 0.25), quantileOf(rounds, 0.75)],
  }
}

function listRows(results: Result[]): object[] {
  return results.flatMap(({ name, unit, scores }) =>
    scores
      .filter(({ value }) => value !== undefined)
      .map(({ subject, value }) => ({ case: name, subject, value, unit })),
  )
}
