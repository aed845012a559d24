import { afterEach, describe, expect, test, vi } from 'vitest'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { type Frame, observe } from '../../templates/base/src/ports/channel/observer.ts'
import { meetHeld, newListener, newPage, upTo } from './held.ts'
import { MemoryPort, meet, newController, newDeferred, outcome, quiet, readAll } from './pair.ts'

afterEach(() => {
  observe(undefined)
  vi.useRealTimers()
})

/** Writes down every frame from now on. */
function watchAll(): Frame[] {
  const frames: Frame[] = []
  observe((frame) => frames.push(frame))
  return frames
}

const library = {
  find: async (title: string) => title,
  lose: async (title: string) => {
    throw new Error(`${title} is lost.`)
  },
  note: (_title: unknown): void => {},
  async *read(to: number) {
    yield* upTo(to)
  },
}

/** In short: `out call find`. */
const inShort = ({ direction, kind, method }: Frame) =>
  [direction, kind, method].filter((word) => word !== undefined).join(' ')

const of = (frames: Frame[], wanted: 'in' | 'out') =>
  frames.filter(({ direction }) => direction === wanted).map(inShort)

describe('An observer', () => {
  test('sees each message leave and arrive, with the method where it says so', async () => {
    const frames = watchAll()
    const { reader } = meet(library)
    await reader.call.find('Emma')
    await outcome(reader.call.lose('Emma'))
    reader.notify.note('Emma')
    await quiet()
    await readAll(reader.stream.read(1))
    expect(frames.map(inShort).join(', ')).toBe(
      [
        'out call find, in call find, out result, in result',
        'out call lose, in call lose, out error, in error',
        'out notify note, in notify note',
        'out stream read, in stream read, out items, out end, in items, in end',
      ].join(', '),
    )
  })

  test('sees credit, and the streams among the arguments', async () => {
    const frames = watchAll()
    const { reader } = meet({
      copy: async (pages: AsyncIterable<number>) => (await readAll(pages)).length,
    })
    await reader.call.copy(library.read(80))
    for (const direction of ['in', 'out'] as const) {
      const kinds = of(frames, direction)
      expect(kinds).toEqual(expect.arrayContaining([`${direction} stream`, `${direction} credit`]))
    }
  })

  test('sees cancels and closes', async () => {
    const frames = watchAll()
    const { reader } = meet({ ...library, wait: () => gate.promise })
    const gate = newDeferred()
    const controller = newController()
    const answer = outcome(reader.with({ signal: controller.signal }).call.wait())
    await quiet()
    controller.abort()
    await answer
    await quiet()
    reader.close()
    await quiet()
    gate.resolve()
    expect(of(frames, 'out')).toEqual(['out call wait', 'out cancel', 'out close'])
    expect(of(frames, 'in')).toEqual(['in call wait', 'in cancel', 'in close'])
  })

  test('sees how the two ends care for the channel, as it leaves and as it arrives', async () => {
    const frames = watchAll()
    const { reader } = meet(library)
    reader.notify.note(newPage(1))
    await quiet()
    expect(of(frames, 'in')).toEqual(['in notify note', 'in got'])
    expect(of(frames, 'out')).toEqual(['out notify note', 'out got'])
  })

  test('sees a message that has to wait when it is sent', async () => {
    const { reader, release } = meetHeld(newListener())
    const frames = watchAll()
    for (const page of upTo(20)) reader.notify.note(newPage(page))
    expect(frames.filter(({ kind }) => kind === 'notify')).toHaveLength(20)
    release()
    await quiet()
    expect(of(frames, 'in').filter((words) => words === 'in notify note')).toHaveLength(20)
  })

  test('sees nothing of what could not be sent', async () => {
    const frames = watchAll()
    const { reader } = meet(library)
    expect(() => reader.notify.note(() => 1)).toThrow('cannot cross')
    await outcome(reader.with({ signal: AbortSignal.abort() }).call.find('Emma'))
    expect(frames).toEqual([])
  })

  test('knows a channel by its link and generation', async () => {
    const frames = watchAll()
    const { reader } = meet(library, { link: 'books', generation: 3 })
    await reader.call.find('Emma')
    expect(frames).toHaveLength(4)
    for (const frame of frames) expect(frame).toMatchObject({ link: 'books', generation: 3 })
  })

  test('knows one that belongs to no link by an empty name', async () => {
    const frames = watchAll()
    const { reader } = meet(library)
    await reader.call.find('Emma')
    expect(frames).toHaveLength(4)
    for (const frame of frames) expect(frame).toMatchObject({ link: '', generation: 0 })
  })

  test('is told about how many bytes a message takes', async () => {
    const frames = watchAll()
    const { reader } = meet(library)
    const sizeOf = (content: unknown) => {
      frames.length = 0
      reader.notify.note(content)
      return frames[0]?.bytes ?? 0
    }
    const empty = sizeOf('')
    expect(empty).toBeGreaterThan(0)
    expect(empty).toBeLessThan(200)
    const sizes = [
      [sizeOf('x'.repeat(1000)), 2000],
      [sizeOf(new Uint8Array(1000)), 1000],
      [sizeOf({ list: ['x'.repeat(1000), new Uint8Array(500)] }), 2500],
      [sizeOf(new Uint8Array(1e6)), 1e6],
      [sizeOf(new ArrayBuffer(1e6)), 1e6],
    ]
    for (const [bytes = 0, expected = 0] of sizes) {
      expect(bytes).toBeGreaterThanOrEqual(expected)
      expect(bytes).toBeLessThan(expected + 300)
    }
    expect(sizeOf(new Map())).toBe(Infinity)
    await quiet()
  })

  test('is told after how many milliseconds an answer came, at the end that asked', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const gates = [newDeferred(), newDeferred()]
    const { reader } = meet({
      ...library,
      wait: () => gates[0]!.promise,
      async *readSlowly() {
        yield 1
        await gates[1]!.promise
        yield 2
      },
    })
    const frames = watchAll()
    const answer = reader.call.wait()
    await quiet()
    vi.advanceTimersByTime(40)
    gates[0]!.resolve()
    await answer
    const items = readAll(reader.stream.readSlowly())
    await quiet()
    vi.advanceTimersByTime(25)
    gates[1]!.resolve()
    await items
    const latencies = frames.flatMap((frame) =>
      frame.latency === undefined ? [] : [`${inShort(frame)} ${frame.latency}`],
    )
    expect(latencies).toEqual(['in result 40', 'in items 0', 'in items 25', 'in end 25'])
  })

  test('is told no time of an answer that leaves, though this end waits for one of that number', async () => {
    const gate = newDeferred()
    const { reader, library: other } = meet(
      { wait: () => gate.promise },
      { reader: { find: async (title: string) => title } },
    )
    const frames = watchAll()
    const answer = reader.call.wait()
    await other.ask.call('find', ['Emma'])
    gate.resolve()
    await answer
    const timed = frames.filter(({ latency }) => latency !== undefined)
    expect(timed.map(inShort)).toEqual(['in result', 'in result'])
  })

  test('is told no time of an answer to what was asked before it looked', async () => {
    const gate = newDeferred()
    const { reader } = meet({ wait: () => gate.promise })
    const answer = reader.call.wait()
    await quiet()
    const frames = watchAll()
    gate.resolve()
    await answer
    expect(frames.map(inShort)).toEqual(['out result', 'in result'])
    expect(frames.map(({ latency }) => latency)).toEqual([undefined, undefined])
  })

  test('is told of a post with something in it that is no message', async () => {
    const frames = watchAll()
    const [port, intruder] = MemoryPort.pair()
    const channel = openChannel(port as never, library, { link: 'books', generation: 2 })
    for (const post of [7, 'call', [0], [1, 'nonsense'], [2, 'end', 'one']]) {
      intruder.postMessage(post, [])
    }
    await quiet()
    expect(frames.map(inShort)).toEqual(upTo(5).map(() => 'in dropped'))
    for (const frame of frames) expect(frame).toMatchObject({ link: 'books', generation: 2 })
    expect(channel.dropped).toBe(5)
    intruder.close()
    await channel.closed
  })

  test('that throws breaks nothing, and its error is shown', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    observe(() => {
      throw new Error('The lens is broken.')
    })
    const { reader } = meet(library)
    expect(await reader.call.find('Emma')).toBe('Emma')
    expect(await readAll(reader.stream.read(3))).toEqual([1, 2, 3, 'end'])
    reader.close()
    await quiet()
    const shown = new Set(log.mock.calls.map(([words, error]) => `${words} ${error}`))
    expect([...shown]).toEqual(['The observer of the ports failed: Error: The lens is broken.'])
    log.mockRestore()
  })

  test('that asks something itself sees that as well', async () => {
    const { reader } = meet(library)
    const frames: Frame[] = []
    observe((frame) => {
      frames.push(frame)
      if (inShort(frame) === 'in result') reader.notify.note('an answer came')
    })
    await reader.call.find('Emma')
    await quiet()
    expect(frames.map(inShort)).toContain('in notify note')
  })

  test('takes the place of the one before', async () => {
    const [one, other] = [watchAll(), watchAll()]
    const { reader } = meet(library)
    await reader.call.find('Emma')
    expect([one.length, other.length]).toEqual([0, 4])
  })

  test('sees nothing more once it is taken away', async () => {
    const frames = watchAll()
    const { reader } = meet(library)
    await reader.call.find('Emma')
    observe(undefined)
    await reader.call.find('Persuasion')
    expect(frames).toHaveLength(4)
  })
})

test('without an observer no clock is read', async () => {
  const now = vi.spyOn(performance, 'now')
  const { reader } = meet(library)
  await reader.call.find('Emma')
  await readAll(reader.stream.read(3))
  expect(now).not.toHaveBeenCalled()
  now.mockRestore()
})
