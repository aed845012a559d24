import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { countListeners, leave, meet, newController, newDeferred, outcome } from './pair.ts'
import { quiet, readAll, whenAborted } from './pair.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})

/** No timer outlives what it was for. */
afterEach(async () => {
  await quiet()
  const timers = vi.getTimerCount()
  vi.useRealTimers()
  expect(timers).toBe(0)
})

/** So much time passes, and whatever comes of that. */
async function pass(milliseconds: number): Promise<void> {
  await quiet()
  vi.advanceTimersByTime(milliseconds)
  await quiet()
}

/** A library that answers when the test says so, and writes down why it was told to stop. */
function newLibrary() {
  const gate = newDeferred<string>()
  const stoppedFor: unknown[] = []
  const watch = (signal?: AbortSignal): void => {
    if (signal) void whenAborted(signal).then((reason) => stoppedFor.push(reason))
  }
  return {
    gate,
    stoppedFor,
    async find(_title: string, signal?: AbortSignal): Promise<string> {
      watch(signal)
      return gate.promise
    },
    async *read(signal?: AbortSignal): AsyncGenerator<string> {
      watch(signal)
      for (const page of ['page 1', 'page 2', 'page 3']) yield page
      yield await Promise.race([gate.promise, signal ? whenAborted(signal) : gate.promise]).then(
        String,
      )
    },
  }
}

type Library = Pick<ReturnType<typeof newLibrary>, 'find' | 'read'>

const late = (method: string, milliseconds: number) =>
  new PortError('timeout', `"${method}" was not answered within ${milliseconds} ms.`)
const silent = (milliseconds: number) =>
  new PortError('timeout', `Nothing came from "read" for ${milliseconds} ms.`)

describe('A call', () => {
  test('that is not answered in its time fails with the code timeout', async () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library)
    const answer = outcome(reader.with({ timeout: 100 }).call.find('Emma'))
    await pass(99)
    expect(vi.getTimerCount()).toBe(1)
    await pass(1)
    expect(await answer).toEqual({ error: late('find', 100) })
    expect(await answer).toMatchObject({ error: { code: 'timeout' } })
    library.gate.resolve('Emma')
  })

  test('that is answered in its time is not disturbed', async () => {
    const library = newLibrary()
    const { reader, said } = meet<Library>(library)
    const answer = reader.with({ timeout: 100 }).call.find('Emma')
    await pass(99)
    library.gate.resolve('found')
    expect(await answer).toBe('found')
    expect(vi.getTimerCount()).toBe(0)
    await pass(1000)
    expect(said.reader.map(([kind]) => kind)).toEqual(['call'])
  })

  test('tells the handler by its signal that its time is over', async () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library)
    const { signal } = newController()
    const answer = outcome(reader.with({ timeout: 100 }).call.find('Emma', signal))
    await pass(100)
    expect(await answer).toEqual({ error: late('find', 100) })
    expect(library.stoppedFor).toEqual([late('find', 100)])
    library.gate.resolve('Emma')
  })

  test.each(['an answer', 'an error'])('does not hear %s that comes too late', async (what) => {
    const library = newLibrary()
    const { reader, said } = meet<Library>(library)
    const answer = outcome(reader.with({ timeout: 100 }).call.find('Emma'))
    await pass(100)
    if (what === 'an answer') library.gate.resolve('Emma')
    else library.gate.reject(new Error('It is lost.'))
    await quiet()
    expect(await answer).toEqual({ error: late('find', 100) })
    expect(said.reader.map(([kind]) => kind)).toEqual(['call', 'cancel'])
    expect(said.library).toEqual([])
    expect(reader.dropped).toBe(0)
  })

  test('does not hear an answer that crossed with the end of its time', async () => {
    const library = newLibrary()
    const { reader, said } = meet<Library>(library)
    const answer = outcome(reader.with({ timeout: 100 }).call.find('Emma'))
    await quiet()
    library.gate.resolve('Emma')
    vi.advanceTimersByTime(100)
    await quiet()
    expect(await answer).toEqual({ error: late('find', 100) })
    expect(said.library.map(([kind]) => kind)).toEqual(['result'])
    expect(reader.dropped).toBe(0)
  })

  test('has the time of its channel unless it says otherwise', async () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library, { timeout: 100 })
    const one = outcome(reader.call.find('Emma'))
    const two = outcome(reader.with({ timeout: 300 }).call.find('Emma'))
    const patient = outcome(reader.with({ timeout: undefined }).call.find('Emma'))
    await pass(100)
    expect(await one).toEqual({ error: late('find', 100) })
    expect(vi.getTimerCount()).toBe(1)
    await pass(200)
    expect(await two).toEqual({ error: late('find', 300) })
    await pass(1e9)
    library.gate.resolve('found')
    expect(await patient).toEqual({ value: 'found' })
  })

  test('has as much time as the last `with` gives it', async () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library)
    const { signal } = newController()
    const quick = reader.with({ timeout: 300 }).with({ signal }).with({ timeout: 100 })
    const answer = outcome(quick.call.find('Emma'))
    expect(countListeners(signal)).toBe(1)
    await pass(100)
    expect(await answer).toEqual({ error: late('find', 100) })
    library.gate.resolve('Emma')
  })

  test('has a time of its own, however many there are', async () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library)
    const order: number[] = []
    const answers = [300, 100, 200].map(async (timeout) => {
      await outcome(reader.with({ timeout }).call.find('Emma'))
      order.push(timeout)
    })
    await pass(300)
    await Promise.all(answers)
    expect(order).toEqual([100, 200, 300])
    library.gate.resolve('Emma')
  })

  test('that cannot be sent starts no clock', async () => {
    const { reader } = meet<Library>(newLibrary())
    const quick = reader.with({ timeout: 100 })
    const lost = (() => 'lost') as unknown as string
    expect(await outcome(quick.call.find(lost))).toMatchObject({ error: { code: 'not-cloneable' } })
    expect(await outcome(quick.call.find('Emma', AbortSignal.abort('It rains.')))).toEqual({
      error: 'It rains.',
    })
    expect(vi.getTimerCount()).toBe(0)
  })

  test.each(['abort', 'close', 'the other end closes'] as const)(
    'leaves no clock behind when something else ends it: %s',
    async (how) => {
      const library = newLibrary()
      const meeting = meet<Library>(library)
      const controller = newController()
      const quick = meeting.reader.with({ timeout: 100 })
      const answer = outcome(quick.call.find('Emma', controller.signal))
      expect(vi.getTimerCount()).toBe(1)
      if (how === 'abort') controller.abort()
      else meeting[how === 'close' ? 'reader' : 'library'].close()
      await answer
      expect(vi.getTimerCount()).toBe(0)
      library.gate.resolve('Emma')
    },
  )

  test('needs no clock when it has no time', () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library)
    void outcome(reader.call.find('Emma'))
    expect(vi.getTimerCount()).toBe(0)
    library.gate.resolve('Emma')
  })

  test.each([Infinity, 2 ** 31, 1e15])('may take for ever when its time is %d', async (timeout) => {
    const library = newLibrary()
    const { reader } = meet<Library>(library, { timeout: 100 })
    const answer = outcome(reader.with({ timeout }).call.find('Emma'))
    await pass(1000)
    library.gate.resolve('found')
    expect(await answer).toEqual({ value: 'found' })
  })
})

describe('A stream', () => {
  test('has its time for each item', async () => {
    const { reader } = meet({
      async *read() {
        for (let page = 1; page <= 3; page++) {
          await new Promise((resolve) => setTimeout(resolve, 90))
          yield page
        }
      },
    })
    const items = readAll(reader.with({ timeout: 100 }).stream.read())
    for (let times = 0; times < 3; times++) await pass(90)
    expect(await items).toEqual([1, 2, 3, 'end'])
  })

  test('that gives nothing for so long fails with the code timeout, and the handler hears', async () => {
    const library = newLibrary()
    const { reader, said } = meet<Library>(library)
    const { signal } = newController()
    const items = readAll(reader.with({ timeout: 100 }).stream.read(signal))
    await pass(99)
    expect(library.stoppedFor).toEqual([])
    await pass(1)
    expect(await items).toEqual(['page 1', 'page 2', 'page 3', silent(100)])
    expect(library.stoppedFor).toEqual([silent(100)])
    expect(said.reader.map(([kind]) => kind)).toEqual(['stream', 'cancel'])
  })

  test('that begins too late fails as well', async () => {
    const library = newLibrary()
    const { reader } = meet({
      async *read() {
        yield await library.gate.promise
      },
    })
    const items = readAll(reader.with({ timeout: 100 }).stream.read())
    await pass(100)
    expect(await items).toEqual([silent(100)])
    library.gate.resolve('page 1')
  })

  test('has all the time while nobody waits for its items', async () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library)
    const items = reader.with({ timeout: 100 }).stream.read()
    await pass(1000)
    expect(await items.next()).toEqual({ value: 'page 1', done: false })
    await pass(1000)
    expect(vi.getTimerCount()).toBe(0)
    expect(await items.next()).toEqual({ value: 'page 2', done: false })
    expect(await items.next()).toEqual({ value: 'page 3', done: false })
    await pass(1000)
    library.gate.resolve('page 4')
    expect(await readAll(items)).toEqual(['page 4', 'end'])
  })

  test('stays over after its time', async () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library)
    const items = reader.with({ timeout: 100 }).stream.read(newController().signal)
    for (let page = 1; page <= 3; page++) await items.next()
    const waiting = [items.next(), items.next()].map(outcome)
    await pass(100)
    const end = { value: undefined, done: true }
    expect(await Promise.all(waiting)).toEqual([{ error: silent(100) }, { value: end }])
    expect(await items.next()).toEqual(end)
    library.gate.resolve('page 4')
    await pass(1000)
    expect(await items.next()).toEqual(end)
  })

  test('has the time of its channel unless it says otherwise', async () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library, { timeout: 100 })
    const quick = readAll(reader.stream.read(newController().signal))
    const slow = readAll(reader.with({ timeout: 300 }).stream.read(newController().signal))
    await pass(100)
    expect((await quick).at(-1)).toEqual(silent(100))
    await pass(200)
    expect((await slow).at(-1)).toEqual(silent(300))
    library.gate.resolve('page 4')
  })

  test.each(['leave', 'abort', 'close'] as const)(
    'leaves no clock behind when something else ends it: %s',
    async (how) => {
      const { reader } = meet<Library>(newLibrary())
      const controller = newController()
      const items = reader.with({ timeout: 100 }).stream.read(controller.signal)
      for (let page = 1; page <= 3; page++) await items.next()
      const waiting = outcome(items.next())
      expect(vi.getTimerCount()).toBe(1)
      if (how === 'leave') await leave(items)
      if (how === 'abort') controller.abort()
      if (how === 'close') reader.close()
      await waiting
      expect(vi.getTimerCount()).toBe(0)
    },
  )
})

describe('A signal that is given by `with`', () => {
  test('ends a call like one among its arguments, and is let go of', async () => {
    const library = newLibrary()
    const { reader, said } = meet<Library>(library)
    const controller = newController()
    const answer = outcome(reader.with({ signal: controller.signal }).call.find('Emma'))
    expect(countListeners(controller.signal)).toBe(1)
    controller.abort('It rains.')
    expect(await answer).toEqual({ error: 'It rains.' })
    expect(countListeners(controller.signal)).toBe(0)
    await quiet()
    expect(said.reader.map(([kind]) => kind)).toEqual(['call', 'cancel'])
    library.gate.resolve('Emma')
  })

  test('ends a stream like one among its arguments, and is let go of', async () => {
    const left = newDeferred()
    const { reader } = meet({
      async *read() {
        try {
          for (let page = 1; ; page++) yield page
        } finally {
          left.resolve()
        }
      },
    })
    const controller = newController()
    const items = reader.with({ signal: controller.signal }).stream.read()
    expect(await items.next()).toEqual({ value: 1, done: false })
    controller.abort('It rains.')
    expect(await outcome(items.next())).toEqual({ error: 'It rains.' })
    expect(await items.next()).toEqual({ value: undefined, done: true })
    await left.promise
  })

  test('that has aborted before sends nothing', async () => {
    const { reader, said } = meet<Library>(newLibrary())
    const { call, stream } = reader.with({ signal: AbortSignal.abort('It rains.') })
    expect(await outcome(call.find('Emma'))).toEqual({ error: 'It rains.' })
    expect(await readAll(stream.read())).toEqual(['It rains.'])
    expect(said.reader).toEqual([])
  })

  test('does not stand in the way of another among the arguments', async () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library)
    const [ofChannel, ofCall] = [newController(), newController()]
    const { call } = reader.with({ signal: ofChannel.signal })
    const [one, other] = [ofCall.signal, undefined].map((signal) =>
      outcome(call.find('Emma', signal)),
    )
    ofCall.abort('It rains.')
    expect(await one).toEqual({ error: 'It rains.' })
    ofChannel.abort('It is late.')
    expect(await other).toEqual({ error: 'It is late.' })
    await quiet()
    expect(library.stoppedFor).toEqual(['It rains.'])
    library.gate.resolve('Emma')
  })

  test('may be that of a whole channel', async () => {
    const library = newLibrary()
    const controller = newController()
    const { reader } = meet<Library>(library, { signal: controller.signal })
    const answers = ['Emma', 'Persuasion'].map((title) => outcome(reader.call.find(title)))
    expect(countListeners(controller.signal)).toBe(2)
    controller.abort('It rains.')
    expect(await Promise.all(answers)).toEqual([{ error: 'It rains.' }, { error: 'It rains.' }])
    library.gate.resolve('Emma')
  })
})
