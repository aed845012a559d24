import { expect, test } from 'vitest'
import {
  MemoryPort,
  countListeners,
  meet,
  newController,
  newDeferred,
  outcome,
  quiet,
  whenAborted,
} from './pair.ts'

/** A library whose handlers work until they are told to stop, and say why they did. */
function meetPatient() {
  const stopped = newDeferred<unknown>()
  const stop = async (signal: AbortSignal): Promise<void> => {
    stopped.resolve(await whenAborted(signal))
  }
  const meeting = meet({
    find: (_title: string, signal: AbortSignal) => stop(signal),
    async *read(signal: AbortSignal, pages: number) {
      for (let page = 1; page <= pages; page++) yield page
      await stop(signal)
    },
  })
  return { ...meeting, stopped: stopped.promise }
}

test('a call is not sent when its signal was aborted before', async () => {
  const { reader, said } = meetPatient()
  const reason = new Error('Changed my mind.')
  const signal = AbortSignal.abort(reason)
  const { error } = (await outcome(reader.call.find('Emma', signal))) as { error: unknown }
  expect(error).toBe(reason)
  expect(said.reader).toEqual([])
})

test('a call that waits rejects with the reason itself, and its handler hears of it', async () => {
  const { reader, stopped } = meetPatient()
  const controller = newController()
  const call = outcome(reader.call.find('Emma', controller.signal))
  await quiet()

  const reason = Object.assign(new RangeError('Changed my mind.'), { code: 'NO_MIND' })
  controller.abort(reason)

  expect(((await call) as { error: unknown }).error).toBe(reason)
  expect(await stopped).toMatchObject({
    name: 'RangeError',
    message: 'Changed my mind.',
    code: 'NO_MIND',
  })
})

test.each([
  ['a string', 'changed my mind', 'changed my mind'],
  ['null', null, null],
  ['a symbol', Symbol('mind'), 'Symbol(mind)'],
  ['an object', { pressed: 'Escape' }, { pressed: 'Escape' }],
  ['something that says nothing of itself', Object.create(null), {}],
])('%s may be the reason', async (_, reason, arrives) => {
  const { reader, stopped } = meetPatient()
  const controller = newController()
  const call = outcome(reader.call.find('Emma', controller.signal))
  await quiet()

  controller.abort(reason)

  expect(await call).toEqual({ error: reason })
  expect(await stopped).toEqual(arrives)
})

test('without a reason the handler is told of an AbortError, as on the platform', async () => {
  const { reader, stopped } = meetPatient()
  const controller = newController()
  const call = outcome(reader.call.find('Emma', controller.signal))
  await quiet()

  controller.abort()

  expect(await call).toMatchObject({ error: { name: 'AbortError' } })
  expect(await stopped).toMatchObject({
    name: 'AbortError',
    message: 'This operation was aborted',
    code: 20,
  })
})

test("the handler's signal stands where the caller's stood", async () => {
  const { reader } = meet({
    places: async (...args: unknown[]) => args.map((arg) => arg instanceof AbortSignal),
  })
  const { signal } = newController()
  expect(await reader.call.places(signal)).toEqual([true])
  expect(await reader.call.places('Emma', signal, 3)).toEqual([false, true, false])
  expect(await reader.call.places('Emma')).toEqual([false])
})

test("the handler's signal is not aborted by an answer", async () => {
  const signals: AbortSignal[] = []
  const { reader } = meet({
    find: async (signal: AbortSignal) => void signals.push(signal),
  })
  await reader.call.find(newController().signal)
  await quiet()
  expect(signals.map(({ aborted }) => aborted)).toEqual([false])
})

test('an abort cancels nothing but its own call', async () => {
  const other = newDeferred<string>()
  const { reader } = meet({
    find: async (signal: AbortSignal) => void (await whenAborted(signal)),
    count: () => other.promise,
  })
  const controller = newController()
  const find = outcome(reader.call.find(controller.signal))
  const count = reader.call.count()
  await quiet()

  controller.abort('changed my mind')
  await quiet()
  other.resolve('3')

  expect(await find).toEqual({ error: 'changed my mind' })
  expect(await count).toBe('3')
})

test('an abort after the answer changes nothing and says nothing', async () => {
  const { reader, said } = meet({ find: async (title: string, _signal: AbortSignal) => title })
  const controller = newController()
  const call = reader.call.find('Emma', controller.signal)
  expect(await call).toBe('Emma')

  controller.abort()
  await quiet()

  expect(await call).toBe('Emma')
  expect(said.reader.map(([kind]) => kind)).toEqual(['call'])
})

test('an answer and an abort that cross: who waits gets the reason, once', async () => {
  const ports = MemoryPort.pair()
  const { reader, said } = meet(
    { find: async (title: string, _signal: AbortSignal) => title },
    { ports },
  )
  const controller = newController()
  ports[0].hold()
  const call = outcome(reader.call.find('Emma', controller.signal))
  await quiet()
  expect(said.library).toEqual([['result', 1, 'Emma']])

  controller.abort('changed my mind')
  ports[0].release()

  expect(await call).toEqual({ error: 'changed my mind' })
  await quiet()
  expect(said.reader.map(([kind]) => kind)).toEqual(['call', 'cancel'])
})

test('a handler that does not stop is not heard any more', async () => {
  const late = newDeferred<string>()
  const { reader, said } = meet({ find: (_signal: AbortSignal) => late.promise })
  const controller = newController()
  const call = outcome(reader.call.find(controller.signal))
  await quiet()

  controller.abort('changed my mind')
  await quiet()
  late.resolve('Emma')
  await quiet()

  expect(await call).toEqual({ error: 'changed my mind' })
  expect(said.library).toEqual([])
})

test('a handler that fails because it was stopped is not heard any more', async () => {
  const { reader, said } = meet({
    async find(signal: AbortSignal): Promise<void> {
      await whenAborted(signal)
      signal.throwIfAborted()
    },
  })
  const controller = newController()
  const call = outcome(reader.call.find(controller.signal))
  await quiet()
  controller.abort('changed my mind')
  await call
  await quiet()
  expect(said.library).toEqual([])
})

test('a stream whose signal was aborted before it begins rejects, and sends nothing', async () => {
  const { reader, said } = meetPatient()
  const controller = newController()
  const stream = reader.stream.read(controller.signal, 3)
  controller.abort('changed my mind')

  expect(await outcome(stream.next())).toEqual({ error: 'changed my mind' })
  expect(await stream.next()).toEqual({ value: undefined, done: true })
  expect(said.reader).toEqual([])
})

test('a stream that waits rejects with the reason, and its producer hears of it', async () => {
  const { reader, stopped } = meetPatient()
  const controller = newController()
  const stream = reader.stream.read(controller.signal, 1)
  expect(await stream.next()).toEqual({ value: 1, done: false })
  const waiting = [stream.next(), stream.next()].map(outcome)
  await quiet()

  controller.abort('changed my mind')

  expect(await Promise.all(waiting)).toEqual([
    { error: 'changed my mind' },
    { value: { value: undefined, done: true } },
  ])
  expect(await stopped).toBe('changed my mind')
})

test('a stream whose items wait to be read rejects next, and forgets them', async () => {
  const { reader, stopped } = meetPatient()
  const controller = newController()
  const stream = reader.stream.read(controller.signal, 5)
  await stream.next()
  await quiet()

  controller.abort('changed my mind')

  expect(await outcome(stream.next())).toEqual({ error: 'changed my mind' })
  expect(await stream.next()).toEqual({ value: undefined, done: true })
  expect(await stopped).toBe('changed my mind')
})

test('a producer that waits for credit is woken by an abort, and runs its finally', async () => {
  const left = newDeferred<unknown>()
  const { reader } = meet({
    async *read(signal: AbortSignal) {
      try {
        for (;;) yield 'a page'
      } finally {
        left.resolve(signal.reason)
      }
    },
  })
  const controller = newController()
  const stream = reader.stream.read(controller.signal)
  await stream.next()
  await quiet()

  controller.abort('changed my mind')

  expect(await left.promise).toBe('changed my mind')
  expect(await outcome(stream.next())).toEqual({ error: 'changed my mind' })
})

test('items that cross an abort are not read', async () => {
  const ports = MemoryPort.pair()
  const { reader } = meet(
    {
      async *read(_signal: AbortSignal) {
        yield 'page 1'
        yield 'page 2'
      },
    },
    { ports },
  )
  const controller = newController()
  ports[0].hold()
  const stream = reader.stream.read(controller.signal)
  const first = outcome(stream.next())
  await quiet()

  controller.abort('changed my mind')
  ports[0].release()
  await quiet()

  expect(await first).toEqual({ error: 'changed my mind' })
  expect(await stream.next()).toEqual({ value: undefined, done: true })
})

test('an abort after the end leaves what has arrived to be read', async () => {
  const { reader } = meet({
    async *read(_signal: AbortSignal) {
      yield 'page 1'
      yield 'page 2'
    },
  })
  const controller = newController()
  const stream = reader.stream.read(controller.signal)
  await stream.next()
  await quiet()

  controller.abort('changed my mind')

  expect(await stream.next()).toEqual({ value: 'page 2', done: false })
  expect(await stream.next()).toEqual({ value: undefined, done: true })
})

test('a signal that lives long keeps no listener of what is over', async () => {
  const { reader } = meet({
    async find(title: unknown, _signal: AbortSignal) {
      if (title === '') throw new Error('A book has a title.')
      return title
    },
    async *read(_signal: AbortSignal) {
      yield 'page 1'
      yield 'page 2'
    },
    never: (signal: AbortSignal): Promise<unknown> => whenAborted(signal),
  })
  const { signal } = newController()

  const answered = reader.call.find('Emma', signal)
  expect(countListeners(signal)).toBe(1)
  await answered
  expect(countListeners(signal)).toBe(0)

  await outcome(reader.call.find('', signal))
  await outcome(reader.call.find(() => 1, signal))
  for await (const _ of reader.stream.read(signal));
  for await (const _ of reader.stream.read(signal)) break
  void reader.stream.read(signal)
  expect(countListeners(signal)).toBe(0)

  const pending = outcome(reader.call.never(signal))
  expect(countListeners(signal)).toBe(1)
  reader.close()
  expect(countListeners(signal)).toBe(0)
  await pending
})
