import { cpus } from 'node:os'
import { type Case, cases } from '../ports/cases.ts'
import { measureAll } from '../ports/measure.ts'
import type { Place } from '../ports/place.ts'
import { type Target, divide, drawTargets } from '../ports/targets.ts'
import { type Result, ratioIn, valueIn } from '../results.ts'
import { drawTable, formatNumber } from '../table.ts'
import { openApps } from './apps.ts'
import { measureFrames } from './frames.ts'
import { oneThread } from './one-thread.ts'
import { states } from './states.ts'

const effort = process.argv.includes('--quick') ? 'quick' : 'close'

/** Long enough turns that the moods of a machine are in all of them. */
const measured: Case[] = cases
  .filter(({ name }) => ['call-sequential', 'call-1000', 'stream'].includes(name))
  .map((each) => ({ ...each, isSteady: true, note: '' }))

console.log(`${cpus().length} × ${cpus()[0]?.model}\n`)
await measure(oneThread)
const apps = await openApps()
try {
  for (const place of apps.places) await measure(place)
  const { messagesPerSecond, framesPerSecond, longFrame } = await measureFrames(apps.of('open'))
  console.log(
    `The page of the view at ${formatNumber(messagesPerSecond)} messages a second: ` +
      `${formatNumber(framesPerSecond)} frames a second, 95 of 100 within ${formatNumber(longFrame)} ms`,
  )
} finally {
  await apps.close()
}

async function measure(place: Place): Promise<void> {
  const { results } = await measureAll(place, effort, states, measured)
  console.log(`${place.name}, ${place.engine}\n`)
  console.log(`${drawTable(results, ['absent'])}\n\n${drawTargets(listTargets(results))}\n`)
}

/** What a call takes, with the view to without it. */
function listTargets(results: readonly Result[]): Target[] {
  return results
    .filter(({ name }) => name.startsWith('call'))
    .flatMap((result) =>
      (['closed', 'open'] as const).map((state): Target => {
        const limit = state === 'closed' ? 1.01 : 1.25
        return {
          name: `${result.name}, ${state}: mean time, × absent`,
          wanted: ['≤', limit],
          reached: ratioIn(result, 'absent', state),
          figures: divide(1e6 / valueIn(result, state), 1e6 / valueIn(result, 'absent'), 'µs'),
        }
      }),
    )
}
