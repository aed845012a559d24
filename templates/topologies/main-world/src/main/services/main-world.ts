import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure } from '../../contracts/figures'
import { serve } from '../../ports/link'
import { answerOn } from '../main-world/plain-port'
import { paceFor } from '../main-world/pace'
import { readFigure } from '../main-world/read-figure'
import type { Main } from '../services'

/** Gives the figures of the app's processes twice: by contract, and by plain messages. */
export function start({ ports, windows }: Main): void {
  ports.accept('plain-figures', ({ port }) => answerOn(port))
  serve(ports, 'figures', {
    watch,
    async showGauge() {
      windows.open('gauge')
    },
  })
}

async function* watch(every: unknown, signal: AbortSignal): AsyncGenerator<Figure, void> {
  // Without a signal the pause would outlast the page.
  signal.throwIfAborted()
  const pause = paceFor(every)
  if (pause === undefined) throw new TypeError('How often? Give a number of milliseconds.')
  for (;;) {
    yield readFigure()
    await sleep(pause, undefined, { signal })
  }
}
