/** A library in a thread of its own, which can be kept from everything for a while. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread, workerData } from 'node:worker_threads'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'

export interface ThreadLibrary {
  /** Blocks the thread. */
  sleep(milliseconds: number): void
  note(page: number, baggage: unknown): void
  noted(): Promise<number[]>
  count(to: number): AsyncIterable<{ page: number; text: string }>
  counted(): Promise<number>
  /** In bytes, without garbage. */
  heap(): Promise<number>
}

/** How much of this thread's heap is in use, in bytes, once the garbage is collected. */
export function measureHeap(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return getHeapStatistics().used_heap_size
}

const noted: number[] = []
let counted = 0

const library: ThreadLibrary = {
  sleep: (milliseconds) =>
    void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
  note: (page) => void noted.push(page),
  noted: async () => noted,
  async *count(to) {
    for (counted = 1; counted <= to; counted++) yield { page: counted, text: `page ${counted}` }
  },
  counted: async () => counted,
  heap: async () => measureHeap(),
}

if (!isMainThread && workerData) openChannel(workerData, library)
