import { cpus, freemem, totalmem } from 'node:os'
import type { SystemFigures } from '../../contracts/files'

/** In milliseconds: what a page may ask for. */
const EVERY = { least: 100, most: 60_000 }

/**
 * How busy the computer is, again and again until the signal aborts.
 *
 * @param every  In milliseconds; out of bounds it is moved to the nearest that is allowed.
 */
export async function* watchSystem(
  every: unknown,
  signal: AbortSignal,
): AsyncGenerator<SystemFigures, void> {
  if (typeof every !== 'number' || Number.isNaN(every))
    throw new TypeError('How often? Give a number.')
  const pause = Math.min(Math.max(every, EVERY.least), EVERY.most)
  for (let before = readTimes(); ;) {
    await sleep(pause, signal)
    if (signal.aborted) return
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

/** Resolves after a while, or as soon as the signal aborts. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, milliseconds)
    signal.addEventListener('abort', wake)
    if (signal.aborted) wake()
  })
}
