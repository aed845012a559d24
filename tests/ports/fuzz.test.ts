import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import type { PortLike } from '../../templates/base/src/ports/channel/port.ts'
import { type Message, readPost } from '../../templates/base/src/ports/channel/protocol.ts'
import { newDice, newPost, show } from './hostile-posts.ts'
import { outcome, pack, quiet, readAll, whenAborted } from './pair.ts'
import { measureHeap } from './thread-library.ts'
import { isExcessive } from './work.ts'

vi.setConfig({ testTimeout: 300_000 })

/** The same posts every time; `SEED=7 RUNS=1000000 npx vitest …` makes others, and more of them. */
const seed = Number(process.env['SEED'] ?? 1)
const POSTS = Number(process.env['RUNS'] ?? 100_000)

const MIB = 1024 * 1024

/** A port whose other end is the test: it delivers at once, and what it throws is thrown there. */
function newOpenPort(hear: (message: Message) => void) {
  let listener: ((event: { data: unknown }) => void) | undefined
  const port = {
    addEventListener(type: string, listen: (event: { data: unknown }) => void) {
      if (type === 'message') listener = listen
    },
    start() {},
    close() {},
    postMessage(post: unknown, list: never[]) {
      readPost(structuredClone(post, { transfer: list }), (message) => {
        hear(message)
        return true
      })
    },
  }
  return {
    port: port as PortLike,
    read: (data: unknown): void => listener?.({ data }),
  }
}

interface Intruder {
  name(): Promise<string>
  pages(signal?: AbortSignal): AsyncIterable<unknown>
  copy(pages: AsyncIterable<unknown>): Promise<void>
}

/** A library that serves in every way there is. */
const library = {
  find: async (...args: unknown[]) => args.length,
  wait: async (signal: unknown) => signal instanceof AbortSignal && whenAborted(signal),
  note: (): void => {
    throw new Error('Emma is closed.')
  },
  async copy(pages: unknown) {
    // A list among the arguments may be longer than anybody has time for.
    const isStream = Object(pages) === pages && Symbol.asyncIterator in (pages as object)
    return isStream && readAll(pages as AsyncIterable<unknown>)
  },
  fail: async (): Promise<void> => {
    throw Object.assign(new Error('Emma is lost.', { cause: 'fire' }), { room: 9 })
  },
  async *read() {
    for (let page = 1; ; page++) yield page
  },
}

async function* pages(): AsyncGenerator<number> {
  for (let page = 1; page < 100; page++) yield page
}

test('a hundred thousand hostile posts leave a channel as it was', async () => {
  // To make stacks would take most of the time.
  vi.stubEnv('DEV', false)
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
  const unhandled: unknown[] = []
  const onUnhandled = (reason: unknown): void => void unhandled.push(reason)
  process.on('unhandledRejection', onUnhandled)
  const dice = newDice(seed)
  const said = new Map<unknown, number>()
  const recent: Message[] = []
  const { port, read } = newOpenPort((message) => {
    said.set(message[0], (said.get(message[0]) ?? 0) + 1)
    recent.push(message)
    if (recent.length > 100) recent.shift()
    if (['call', 'stream'].includes(message[0])) dice.asked.push(Number(message[1]))
    if (dice.asked.length > 40) dice.asked.shift()
  })
  const channel = openChannel<Intruder>(port, library)

  // It asks all the while, so that there is always somebody whom a hostile answer may reach.
  let waiting = 0
  function keepAsking(): void {
    while (waiting < 30) {
      const { signal } = new AbortController()
      const asked = [
        channel.call.name(),
        channel.with({ timeout: 20, signal }).call.name(),
        channel.call.copy(pages()),
        readAll(channel.with({ credit: 1 + (waiting % 5) }).stream.pages(signal)),
        readAll(channel.with({ timeout: 20 }).stream.pages()),
      ]
      waiting += asked.length
      for (const one of asked) void outcome(one).then(() => (waiting -= 1))
    }
  }

  const wrong: string[] = []
  let heapEarly = 0
  for (let count = 1; count <= POSTS; count++) {
    const post = newPost(dice)
    const before = channel.dropped
    let thrown: unknown
    try {
      read(structuredClone(post.data))
    } catch (error) {
      thrown = error
    }
    const dropped = channel.dropped - before
    if (thrown || !post.mayDrop.includes(dropped)) {
      wrong.push(`${show(post.data)} was dropped ${dropped} times and threw ${thrown}`)
    }
    if (post.isGiant && (await isExcessive(post.data, read))) {
      wrong.push(`${show(post.data)} took more work than its size explains`)
    }
    if (count % 50 === 0) await setImmediate()
    if (count % 50 === 1) keepAsking()
    if (count === Math.floor(POSTS / 5)) heapEarly = measureHeap()
  }
  await quiet()

  expect(wrong.slice(0, 5)).toEqual([])
  expect(measureHeap() - heapEarly).toBeLessThan(16 * MIB)
  expect(unhandled).toEqual([])
  // It was reached in every way there is.
  expect([...said.keys()].toSorted()).toEqual(
    'call cancel carried credit end error got items large pong result stream unread'.split(' '),
  )
  expect(shown.mock.calls.length).toBe(100)

  // It serves and asks as ever.
  read(pack(['call', 123_456, 'find', undefined, 'Emma']))
  const name = channel.call.name()
  await quiet()
  expect(recent).toContainEqual(['result', 123_456, 1])
  const [, id] = recent.findLast(([kind, , method]) => kind === 'call' && method === 'name')!
  read(pack(['result', id, 'Ada']))
  expect(await name).toBe('Ada')

  channel.close()
  await quiet()
  expect(waiting).toBe(0)
  process.off('unhandledRejection', onUnhandled)
  shown.mockRestore()
  vi.unstubAllEnvs()
})
