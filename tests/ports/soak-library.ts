/** A library that a reader leaves in the middle of everything, a thousand times. */
import { isMainThread, workerData } from 'node:worker_threads'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'

export interface SoakLibrary {
  find(title: string, signal: AbortSignal): Promise<string>
  pages(signal: AbortSignal): AsyncIterable<string>
  opened(title: string): void
  /** Reads some of the pages, and then takes a rest until it is told to stop. */
  copy(pages: AsyncIterable<string>, signal: AbortSignal): Promise<void>
  /** Resolves when it is told to stop. */
  wait(signal: AbortSignal): Promise<void>
}

const whenAborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))

/** @param running  Holds those of its handlers that are at work. */
export function newSoakLibrary(running: Set<string>): SoakLibrary {
  async function run(name: string, job: () => Promise<unknown>): Promise<void> {
    running.add(name)
    await job()
    running.delete(name)
  }
  return {
    find: async (title) => title,
    pages: () => pagesOf('the library', running),
    opened: () => {},
    copy: (pages, signal) =>
      run('copy', async () => {
        const copying = pages[Symbol.asyncIterator]()
        for (let page = 1; page <= 10; page++) await copying.next()
        await whenAborted(signal)
      }),
    wait: (signal) => run('wait', () => whenAborted(signal)),
  }
}

/** A book that never ends, of pages small and large. */
export async function* pagesOf(whose: string, running: Set<string>): AsyncGenerator<string> {
  running.add(`pages of ${whose}`)
  try {
    for (let page = 1; ; page++) yield 'x'.repeat(page % 5 === 0 ? 40_000 : 40)
  } finally {
    running.delete(`pages of ${whose}`)
  }
}

if (!isMainThread && workerData) openChannel(workerData, newSoakLibrary(new Set()))
