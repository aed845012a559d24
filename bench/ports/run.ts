import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { measureAll } from './measure.ts'
import { listRows } from '../results.ts'
import { subjects } from './subjects/index.ts'
import { drawChart } from './svg.ts'
import { drawTable } from '../table.ts'
import { drawTargets, listTargets } from './targets.ts'
import { threads } from './threads.ts'

interface Flags {
  electron?: boolean
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

async function run({ electron, json, svg, quick }: Flags): Promise<void> {
  const place = electron ? await (await import('./electron/place.ts')).openPages() : threads
  try {
    const { results, notes } = await measureAll(place, quick ? 'quick' : 'full', subjects)
    const machine = `${cpus().length} × ${cpus()[0]?.model}`
    console.log(`Between ${place.name}: ${place.engine}, ${machine}\n`)
    console.log([drawTable(results, ['raw', 'ours']), ...notes].join('\n'))
    console.log(`\n${drawTargets(listTargets(results))}`)
    if (json) writeFileSync(json, `${JSON.stringify({ rows: listRows(results) }, null, 2)}\n`)
    if (svg) writeFileSync(svg, drawChart(results, place))
  } finally {
    await place.close()
  }
}

function readFlags(): Flags {
  try {
    return parseArgs({
      options: {
        electron: { type: 'boolean' },
        json: { type: 'string' },
        svg: { type: 'string' },
        quick: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    process.exitCode = 2
    const [reason] = (error as Error).message.split(/\. |\n/)
    const message = `${reason}: the bench takes --electron, --json FILE, --svg FILE and --quick.`
    throw new Error(message, { cause: error })
  }
}
