import { join } from 'node:path'
import { type MessagePort, MessageChannel, Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { expect, test, vi } from 'vitest'
import { type Channel, openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { countListeners, outcome, quiet } from './pair.ts'
import { recordPosts } from './posts.ts'
import { type SoakLibrary, newSoakLibrary, pagesOf } from './soak-library.ts'
import { measureHeap } from './thread-library.ts'

vi.setConfig({ testTimeout: 300_000 })

const ROUNDS = 1000

/** In bytes. A thousand times two kilobytes are more. */
const HEAP_LIMIT = 2 * 1024 * 1024

const running = new Set<string>()
/** It outlives every channel, so whatever forgets to let go of it piles up. */
const { signal } = new AbortController()

/** A channel, and a way to end it. */
interface Connection {
  reader: Channel<SoakLibrary>
  kill(): unknown
  /** Resolves when the other end is over, too. */
  readonly over: Promise<unknown>
}

const options = { heartbeat: 60_000, timeout: 60_000 }

/** Each ends a channel in a way of its own. */
const ways: ((reader: Channel<object>, library: Channel<object>, ports: MessagePort[]) => void)[] =
  [
    (reader) => reader.close(),
    (_, library) => library.close(),
    (_, __, [port]) => port!.close(),
    (_, __, [, port]) => port!.close(),
    (reader, library) => [reader, library].forEach((channel) => channel.close()),
  ]

function connectHere(round: number): Connection {
  const { port1, port2 } = new MessageChannel()
  const reader = openChannel<SoakLibrary>(port1, {}, options)
  const library = openChannel(port2, newSoakLibrary(running), options)
  const end = ways[round % ways.length]!
  return { reader, kill: () => end(reader, library, [port1, port2]), over: library.closed }
}

function connectThread(source: string): Connection {
  const { port1, port2 } = new MessageChannel()
  const thread = new Worker(source, { eval: true, workerData: port2, transferList: [port2] })
  const over = new Promise((resolve) => thread.once('exit', resolve))
  const reader = openChannel<SoakLibrary>(port1, {}, options)
  return { reader, kill: () => thread.terminate(), over }
}

/** The library, for a thread of its own. */
async function bundleLibrary(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'soak-library.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.env': 'undefined' },
    write: false,
  })
  return outputFiles[0]!.text
}

/** Begins all that there is to begin, and ends none of it. Returns what comes of it. */
async function use(
  { call, stream, notify }: Channel<SoakLibrary>,
  signal: AbortSignal,
): Promise<Promise<unknown>[]> {
  expect(await call.find('Emma', signal)).toBe('Emma')
  const pages = stream.pages(signal)[Symbol.asyncIterator]()
  for (let read = 0; read < 7; read++) await pages.next()
  notify.opened('x'.repeat(40_000))
  return [call.copy(pagesOf('the reader', running), signal), call.wait(signal)].map(outcome)
}

/** How many ports, timers and threads keep this process alive. */
function countResources(): number {
  const kinds = ['MessagePort', 'Timeout', 'Worker']
  return process.getActiveResourcesInfo().filter((name) => kinds.includes(name)).length
}

test('a thousand channels that end in the middle of everything leave nothing', async () => {
  const source = await bundleLibrary()
  const before = countResources()
  const heap: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const connection = round % 20 === 0 ? connectThread(source) : connectHere(round)
    const waiting = await use(connection.reader, signal)
    if (round % 2 === 0) await quiet()
    connection.kill()

    for (const result of await Promise.all(waiting)) {
      expect(result).toMatchObject({ error: { code: 'closed' } })
    }
    await Promise.all([connection.reader.closed, connection.over])
    if (round % 100 === 0) {
      await quiet()
      heap.push(measureHeap())
    }
  }

  await quiet()
  expect([...running]).toEqual([])
  expect(countListeners(signal)).toBe(0)
  // Fewer than any way to end would leave; whoever runs this test has timers, too.
  expect(countResources() - before).toBeLessThan(10)
  expect(heap.at(-1)! - heap[0]!).toBeLessThan(HEAP_LIMIT)

  // Nor do large messages that were never read take up any room.
  const { port1, port2 } = new MessageChannel()
  const posts = recordPosts(port1)
  const reader = openChannel<SoakLibrary>(port1)
  openChannel(port2, newSoakLibrary(running))
  for (let page = 1; page <= 10; page++) reader.notify.opened('x'.repeat(40_000))
  expect(posts).toHaveLength(8)
  reader.close()
})

test('a channel that is used for long remembers nothing of it', async () => {
  const { port1, port2 } = new MessageChannel()
  const reader = openChannel<SoakLibrary>(port1, {}, options)
  const library = openChannel(port2, newSoakLibrary(running), options)
  const before = countResources()
  const heap: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const stop = new AbortController()
    const waiting = await use(reader, stop.signal)
    await Promise.all([reader.call.find('Emma', signal), reader.call.find('Persuasion', signal)])
    stop.abort()
    await Promise.all(waiting)
    if (round % 100 === 0) {
      await quiet()
      heap.push(measureHeap())
    }
  }
  expect([...running]).toEqual([])
  expect(countListeners(signal)).toBe(0)
  expect(countResources() - before).toBeLessThan(10)
  expect(heap.at(-1)! - heap[0]!).toBeLessThan(HEAP_LIMIT)
  reader.close()
  await library.closed
})
