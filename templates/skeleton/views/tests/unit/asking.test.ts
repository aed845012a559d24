import { afterEach, beforeEach, expect, test } from 'vitest'
import { Call } from '../../src/renderer/asking/call'
import { Stream } from '../../src/renderer/asking/stream'
import { openLibrary, until } from './library'

let { library, crash, open, sent } = openLibrary()

beforeEach(() => ({ library, crash, open, sent } = openLibrary()))
afterEach(() => library.close())

const newCall = () => new Call((signal, title: string) => library.call.find(title, signal))
const newStream = (kept?: number) => new Stream((to: number) => library.stream.pages(to), kept)

test('a call is pending until it is answered', async () => {
  const call = newCall()
  call.ask('Emma')
  expect(call.state).toMatchObject({ isPending: true, value: undefined })
  await until(() => expect(call.state.isPending).toBe(false))
  expect(call.state).toEqual({ isPending: false, value: 'Emma, found', error: undefined })
})

test('of two calls the later counts, and the earlier is cancelled at the other end', async () => {
  const call = newCall()
  call.ask('never')
  await until(() => expect(open.calls).toBe(1))
  call.ask('Emma')
  await until(() => expect(call.state.value).toBe('Emma, found'))
  await until(() => expect(open.calls).toBe(0))
  expect(call.state.error).toBeUndefined()
})

test('an answer that comes after a later call was made is not shown', async () => {
  const call = new Call(async (signal, title: string) =>
    title === 'stale' ? title : library.call.find(title, signal),
  )
  const seen: unknown[] = []
  call.onChange(() => seen.push(call.state.value))
  call.ask('stale')
  call.ask('Emma')
  await until(() => expect(call.state.value).toBe('Emma, found'))
  expect(seen).not.toContain('stale')
})

test('why a call fails is there until the next is made; the last answer stays', async () => {
  const call = newCall()
  call.ask('Emma')
  await until(() => expect(call.state.value).toBe('Emma, found'))
  call.ask('')
  await until(() => expect(call.state.error?.message).toBe('A book has a title.'))
  expect(call.state).toMatchObject({ isPending: false, value: 'Emma, found' })
  call.ask('Emma')
  expect(call.state.error).toBeUndefined()
  await until(() => expect(call.state.isPending).toBe(false))
})

test('a call that is cancelled is over, and no error', async () => {
  const call = newCall()
  call.ask('never')
  call.cancel()
  expect(call.state).toEqual({ isPending: false, value: undefined, error: undefined })
  await until(() => expect(open.calls).toBe(0))
})

test('a stream is read to its end', async () => {
  const stream = newStream()
  stream.start(5)
  expect(stream.state.isReading).toBe(true)
  await until(() => expect(stream.state.isReading).toBe(false))
  expect(stream.state).toMatchObject({ items: [1, 2, 3, 4, 5], last: 5, count: 5 })
  expect(stream.state.error).toBeUndefined()
})

test('all items of a stream are counted, and the last ones kept', async () => {
  const stream = newStream(3)
  stream.start(1000)
  await until(() => expect(stream.state.isReading).toBe(false))
  expect(stream.state).toMatchObject({ items: [998, 999, 1000], last: 1000, count: 1000 })
})

test('a flood of items is shown in few steps', async () => {
  const stream = newStream(20_000)
  let steps = 0
  stream.onChange(() => (steps += 1))
  stream.start(10_000)
  await until(() => expect(stream.state.count).toBe(10_000))
  expect(steps).toBeLessThan(1000)
})

test('a stream that is paused holds up the other end, and goes on where it was', async () => {
  const stream = new Stream((to: number) => library.with({ credit: 10 }).stream.pages(to))
  stream.start(1000)
  stream.pause()
  expect(stream.state).toMatchObject({ isReading: true, isPaused: true })
  await library.call.find('Emma') // what was sent before has come
  expect(sent()).toBeLessThanOrEqual(20)
  expect(stream.state.count).toBe(0)
  stream.resume()
  await until(() => expect(stream.state.isReading).toBe(false))
  expect(stream.state).toMatchObject({ count: 1000, last: 1000, isPaused: false })
})

test('a stream that fails while it is paused tells so once it is resumed, after what came before', async () => {
  const stream = newStream()
  stream.start(Infinity)
  await until(() => expect(stream.state.count).toBeGreaterThan(0))
  stream.pause()
  await library.call.find('Emma') // more has come than was taken
  crash()
  await until(() => expect(library.generation).toBe(2))
  expect(stream.state).toMatchObject({ isReading: true, isPaused: true, error: undefined })
  const { count } = stream.state
  stream.resume()
  await until(() => expect(stream.state.isReading).toBe(false))
  expect(stream.state).toMatchObject({ isPaused: false, error: { code: 'closed' } })
  expect(stream.state.count).toBeGreaterThan(count)
  expect(stream.state.last).toBe(stream.state.count)
})

test('a stream that fails while it is paused tells so at once where nothing is left to take', async () => {
  const stream = new Stream(() => library.stream.chapters())
  stream.start()
  await until(() => expect(stream.state.count).toBe(1))
  stream.pause()
  crash()
  await until(() => expect(stream.state.error).toMatchObject({ code: 'closed' }))
  expect(stream.state).toMatchObject({ isReading: false, isPaused: false, count: 1 })
})

test.each([
  ['runs', (): void => {}],
  ['is paused', (stream: Stream<[number], number>): void => stream.pause()],
])('a stream that %s can be cancelled, which ends it at the other end', async (_, prepare) => {
  const stream = newStream()
  stream.start(Infinity)
  await until(() => expect(stream.state.count).toBeGreaterThan(0))
  prepare(stream)
  stream.cancel()
  expect(stream.state).toMatchObject({ isReading: false, isPaused: false, error: undefined })
  const { count } = stream.state
  await until(() => expect(open.streams).toBe(0))
  expect(stream.state.count).toBe(count)
})

test('of two streams the later counts, and the earlier is ended', async () => {
  const stream = newStream()
  stream.start(Infinity)
  await until(() => expect(stream.state.count).toBeGreaterThan(0))
  stream.start(2)
  await until(() => expect(stream.state.isReading).toBe(false))
  expect(stream.state.items).toEqual([1, 2])
  await until(() => expect(open.streams).toBe(0))
})

test('a crash of the other end fails what is under way; what is asked then waits for the next port', async () => {
  const [call, stream] = [newCall(), newStream()]
  call.ask('never')
  stream.start(Infinity)
  await until(() => expect(stream.state.count).toBeGreaterThan(0))
  crash()
  await until(() => expect(stream.state.error).toMatchObject({ code: 'closed' }))
  expect(call.state).toMatchObject({ isPending: false, error: { code: 'closed' } })
  call.ask('Emma')
  await until(() => expect(call.state.value).toBe('Emma, found'))
  expect(library.generation).toBe(2)
})
