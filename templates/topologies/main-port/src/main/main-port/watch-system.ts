import { cpus, freemem, totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SystemFigures } from '../../contracts/files'

/** In milliseconds: what a page may ask for. */
const EVERY = { least: 100, most: 60_000 }

/**
 * How busy the computer is, again and again.
 *
 * @param every  In milliseconds; out of bounds it is moved to the nearest that is allowed.
 * @throws an AbortError once the signal aborts.
 */
export async function* watchSystem(
  every: unknown,
  signal: AbortSignal,
): AsyncGenerator<SystemFigures, void> {
  // Without a signal the pause would outlast the page.
  signal.throwIfAborted()
  if (typeof every !== 'number' || Number.isNaN(every))
    throw new TypeError('How often? Give a number.')
  const pause = Math.min(Math.max(every, EVERY.least), EVERY.most)
  for (let before = readTimes(); ;) {
    await sleep(pause, undefined, { signal })
    const now = readTimes()
    yield {
      processors: (now.busy - before.busy) / Math.max(1, now.all - before.all),
      usedMemory: totalmem() - freemem(),
      totalMemory: totalmem(),
      mainMemory: process.memoryUsage().rss,
    }
    before = now
  }
}

/** For how long all processors have been busy, and have been there, in milliseconds. */
function readTimes(): { busy: number; all: number } {
  let [busy, all] = [0, 0]
  for (const { times } of cpus()) {
    const sum = times.user + times.nice + times.sys + times.irq
    busy += sum
    all += sum + times.idle
  }
  return { busy, all }
}
