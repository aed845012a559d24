import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Channel, openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import type { ChannelOptions } from '../../templates/base/src/ports/channel/options.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { newPage, upTo } from './held.ts'
import { MemoryPort, newDeferred, outcome, quiet, readAll, whenAborted } from './pair.ts'
import { recordPosts } from './posts.ts'
import type { ThreadLibrary } from './thread-library.ts'
import { startThread } from './thread.ts'

const HUNG = new PortError('closed', 'The other end of the port does not react.')

/** In milliseconds. */
const BEAT = 1000

/** What the library serves. */
interface Library {
  find(title: string): Promise<string>
  wait(signal?: AbortSignal): Promise<void>
  read(): AsyncIterable<number>
  note(page: unknown): void
}

interface Reader {
  name(signal?: AbortSignal): Promise<string>
  told(page: number): void
}

const open: Channel<object>[] = []

/** A reader whose heart beats, and a library whose does not; and what each has posted. */
function meetQuiet({ ofReader = { heartbeat: BEAT }, ofLibrary = {} } = {}) {
  const ports = MemoryPort.pair()
  const posts = ports.map(recordPosts)
  const stopped = newDeferred<unknown>()
  const reader = openChannel<Library>(
    ports[0] as never,
    {
      name: async (signal: AbortSignal) => stopped.resolve(await whenAborted(signal)),
      told: () => {},
    },
    ofReader as ChannelOptions,
  )
  const library = openChannel<Reader>(
    ports[1] as never,
    {
      find: async (title: string) => title,
      wait: async (signal: AbortSignal) => void (await whenAborted(signal)),
      note: () => {},
      async *read() {
        yield* upTo(3)
        await new Promise(() => {})
      },
    },
    ofLibrary as ChannelOptions,
  )
  open.push(reader, library)
  const kindsOf = (end: 0 | 1) => posts[end]?.flat().map(([kind]) => kind)
  return { ports, reader, library, kindsOf, stopped: stopped.promise }
}

/** Beats go by, and what comes of each. */
async function pass(beats: number): Promise<void> {
  for (let beat = 0; beat < beats; beat++) {
    vi.advanceTimersByTime(BEAT)
    await quiet()
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})

/** No channel leaves a timer behind. */
afterEach(async () => {
  for (const channel of open) channel.close()
  open.length = 0
  await quiet()
  const timers = vi.getTimerCount()
  vi.useRealTimers()
  expect(timers).toBe(0)
})

describe('An end that hangs', () => {
  test('is asked for a sign of life after a beat of silence, and given up after another', async () => {
    const { reader, ports, kindsOf } = meetQuiet()
    ports[1].hold()
    await pass(1)
    expect(kindsOf(0)).toEqual([])
    await pass(1)
    expect(kindsOf(0)).toEqual(['ping'])
    let isClosed = false
    void reader.closed.then(() => (isClosed = true))
    await quiet()
    expect(isClosed).toBe(false)
    await pass(1)
    expect(await reader.closed).toEqual(HUNG)
    expect(kindsOf(0)).toEqual(['ping'])
  })

  test('fails whatever waits for it, with the code closed', async () => {
    const { reader, ports } = meetQuiet()
    const items = reader.stream.read()
    expect(await items[Symbol.asyncIterator]().next()).toEqual({ value: 1, done: false })
    const answer = outcome(reader.call.wait())
    ports[1].hold()
    await pass(3)
    expect(await answer).toEqual({ error: HUNG })
    expect(await readAll(items)).toEqual([2, 3, HUNG])
    expect(await outcome(reader.call.find('Emma'))).toEqual({ error: HUNG })
    expect(() => reader.notify.note(1)).toThrow(HUNG)
  })

  test('stops the handlers that work for it', async () => {
    const { library, ports, stopped } = meetQuiet()
    void outcome(library.call.name(new AbortController().signal))
    await quiet()
    ports[1].hold()
    await pass(3)
    expect(await stopped).toEqual(HUNG)
  })

  test('has its port closed, and hears so when it wakes', async () => {
    const { reader, library, ports } = meetQuiet()
    ports[1].hold()
    await pass(3)
    expect(await reader.closed).toEqual(HUNG)
    expect(ports[0].isClosed).toBe(true)
    ports[1].release()
    expect(await library.closed).toMatchObject({ message: 'The other end of the port is gone.' })
  })

  test('is found though large messages wait to be sent to it', async () => {
    const { reader, ports } = meetQuiet()
    ports[1].hold()
    for (const page of upTo(20)) reader.notify.note(newPage(page))
    await pass(3)
    expect(await reader.closed).toEqual(HUNG)
  })

  test('is found though this end goes on speaking', async () => {
    const { reader, ports } = meetQuiet()
    ports[1].hold()
    for (let beat = 0; beat < 3; beat++) {
      reader.notify.note(beat)
      await pass(1)
    }
    expect(await reader.closed).toEqual(HUNG)
  })

  test('is found whenever it begins to hang', async () => {
    const { reader, ports } = meetQuiet()
    await pass(7)
    expect(await reader.call.find('Emma')).toBe('Emma')
    ports[1].hold()
    await pass(3)
    expect(await reader.closed).toEqual(HUNG)
  })

  test('is waited for without a heartbeat', async () => {
    const { reader, ports } = meetQuiet({ ofReader: {} as { heartbeat: number } })
    expect(vi.getTimerCount()).toBe(0)
    const answer = reader.call.find('Emma')
    ports[1].hold()
    await pass(100)
    ports[1].release()
    expect(await answer).toBe('Emma')
  })
})

describe('An end that lives', () => {
  test('is kept though it is silent and has no heartbeat of its own', async () => {
    const { reader, kindsOf } = meetQuiet()
    await pass(100)
    expect(await reader.call.find('Emma')).toBe('Emma')
    const pings = kindsOf(0)?.filter((kind) => kind === 'ping')
    expect(pings?.length).toBeGreaterThan(30)
    expect(kindsOf(1)).toEqual([...(pings ?? []).map(() => 'pong'), 'result'])
  })

  test('is kept when both hearts beat', async () => {
    const { reader, library } = meetQuiet({ ofLibrary: { heartbeat: BEAT } })
    await pass(100)
    expect(await reader.call.find('Emma')).toBe('Emma')
    expect(library.dropped + reader.dropped).toBe(0)
  })

  test('is not asked while it speaks by itself', async () => {
    const { library, kindsOf } = meetQuiet()
    for (let beat = 0; beat < 20; beat++) {
      library.notify.told(beat)
      await pass(1)
    }
    expect(kindsOf(0)).toEqual([])
  })

  test('is kept when it wakes in time', async () => {
    const { reader, ports } = meetQuiet()
    for (let times = 0; times < 5; times++) {
      ports[1].hold()
      await pass(2)
      ports[1].release()
      await quiet()
    }
    expect(await reader.call.find('Emma')).toBe('Emma')
  })

  test('is kept while its large messages wait to be read here', async () => {
    const { library, reader } = meetQuiet()
    for (const page of upTo(20)) library.notify.told(newPage(page) as never)
    await pass(10)
    expect(await reader.call.find('Emma')).toBe('Emma')
  })
})

describe('The heart', () => {
  test.each(['reader', 'library'] as const)('stops when the %s closes the channel', async (end) => {
    const meeting = meetQuiet()
    expect(vi.getTimerCount()).toBe(1)
    meeting[end].close()
    await quiet()
    expect(vi.getTimerCount()).toBe(0)
    await pass(5)
    expect(meeting.kindsOf(0)).not.toContain('ping')
  })

  test('stops when the port of the other end is closed', async () => {
    const { ports, reader } = meetQuiet()
    ports[1].close()
    expect(await reader.closed).toMatchObject({ message: 'The other end of the port is gone.' })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('stops when the other end hangs', async () => {
    const { ports } = meetQuiet()
    ports[1].hold()
    await pass(3)
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('a thread that sleeps is found, and one that sleeps less is kept', async () => {
  vi.useRealTimers()
  const [hung, drowsy] = await Promise.all([startThread(), startThread()])
  const long: Channel<ThreadLibrary> = openChannel(hung.port, {}, { heartbeat: 400 })
  const short: Channel<ThreadLibrary> = openChannel(drowsy.port, {}, { heartbeat: 400 })
  await Promise.all([long.call.noted(), short.call.noted()])
  long.notify.sleep(5000)
  short.notify.sleep(300)
  const noted = short.call.noted()
  expect(await outcome(long.call.noted())).toEqual({ error: HUNG })
  expect(await noted).toEqual([])
  short.close()
  await Promise.all([hung.end(), drowsy.end()])
  vi.useFakeTimers()
})
