import { expect, test } from 'vitest'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { meet, newDeferred, outcome, quiet } from './pair.ts'

/** A library whose one handler does whatever the test says. */
function meetFailing(fail: () => unknown) {
  return meet({
    find: async () => fail(),
    async *read() {
      yield 'page 1'
      yield fail()
    },
    count: async () => 3,
  })
}

test('an error arrives with its name, message, code and causes', async () => {
  class MissingBook extends Error {
    override readonly name = 'MissingBook'
    readonly code = 'NO_BOOK'
  }
  const { reader } = meetFailing(() => {
    const room = Object.assign(new RangeError('There is no room 9.'), { code: 9 })
    throw new MissingBook('Emma is lost.', { cause: new Error('Look in room 9.', { cause: room }) })
  })

  const { error } = (await outcome(reader.call.find())) as { error: Error }

  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({
    name: 'MissingBook',
    message: 'Emma is lost.',
    code: 'NO_BOOK',
    cause: {
      name: 'Error',
      message: 'Look in room 9.',
      cause: { name: 'RangeError', message: 'There is no room 9.', code: 9 },
    },
  })
  expect(String(error)).toBe('MissingBook: Emma is lost.')
})

test('an error arrives without its stack and other fields', async () => {
  const { reader, said } = meetFailing(() => {
    throw Object.assign(new Error('Emma is lost.'), { path: '/home/library', code: {} })
  })
  await outcome(reader.call.find())
  expect(said.library).toEqual([
    { kind: 'error', id: 1, error: { name: 'Error', message: 'Emma is lost.' } },
  ])
})

test('an error of a handler that throws before its first await arrives as well', async () => {
  const { reader } = meet({
    find(): Promise<string> {
      throw new TypeError('Which book?')
    },
    read(): AsyncIterable<string> {
      throw new TypeError('Which page?')
    },
  })
  expect(await outcome(reader.call.find())).toMatchObject({ error: { message: 'Which book?' } })
  const pages = reader.stream.read()[Symbol.asyncIterator]()
  expect(await outcome(pages.next())).toMatchObject({ error: { message: 'Which page?' } })
})

test.each([
  ['null', null, null],
  ['undefined', undefined, undefined],
  ['a string', 'lost', 'lost'],
  ['an empty string', '', ''],
  ['a number', 404, 404],
  ['a bigint', 404n, 404n],
  ['a symbol', Symbol('lost'), 'Symbol(lost)'],
  ['an object', { lost: true }, '[object Object]'],
  ['an object that says nothing of itself', Object.create(null), 'What was thrown cannot be read.'],
])('%s that is thrown arrives, of a call and of a stream', async (_, thrown, arrives) => {
  const { reader } = meetFailing(() => {
    throw thrown
  })
  expect(await outcome(reader.call.find())).toEqual({ error: arrives })

  const pages = reader.stream.read()
  expect(await pages.next()).toEqual({ value: 'page 1', done: false })
  expect(await outcome(pages.next())).toEqual({ error: arrives })
  expect(await pages.next()).toEqual({ value: undefined, done: true })
})

test('an error that is its own cause arrives, with as many causes as are sent', async () => {
  const { reader } = meetFailing(() => {
    const error = new Error('Emma is lost.')
    throw Object.assign(error, { cause: error })
  })
  let { error } = (await outcome(reader.call.find())) as { error: unknown }
  let count = 0
  for (; error instanceof Error; error = error.cause) count += 1
  expect([count, error]).toEqual([9, undefined])
})

test('an error of which nothing can be cloned arrives in words', async () => {
  const { reader } = meetFailing(() => {
    throw Object.assign(new Error(), { name: () => 1, message: Symbol('lost'), cause: () => 2 })
  })
  expect(await outcome(reader.call.find())).toMatchObject({
    error: { name: '() => 1', message: 'Symbol(lost)', cause: '() => 2' },
  })
})

test('an error whose message cannot be read arrives all the same', async () => {
  const { reader } = meetFailing(() => {
    throw Object.defineProperty(new Error(), 'message', {
      get() {
        throw new Error('Not to be read.')
      },
    })
  })
  expect(await outcome(reader.call.find())).toEqual({ error: 'What was thrown cannot be read.' })
})

test('an error that comes late arrives, past calls that are long answered', async () => {
  const late = newDeferred()
  const { reader } = meetFailing(() => late.promise)
  const call = outcome(reader.call.find())
  expect(await reader.call.count()).toBe(3)

  late.reject(new Error('Emma is lost.'))

  expect(await call).toEqual({ error: new Error('Emma is lost.') })
})

test('an error that comes when nobody waits any longer goes nowhere', async () => {
  const late = newDeferred()
  const { reader, said } = meetFailing(() => late.promise)
  const call = outcome(reader.call.find())
  await quiet()

  reader.close()
  await quiet()
  late.reject(new Error('Emma is lost.'))
  await quiet()

  expect(await call).toMatchObject({ error: { code: 'closed' } })
  expect(said.library).toEqual([])
})

test('an argument that cannot cross fails that one call, and is never sent', async () => {
  const { reader, said } = meet({
    find: async (title: unknown) => title,
    async *read(title: unknown) {
      yield title
    },
    opened: (_title: unknown) => {},
  })
  const message = (method: string) =>
    `"${method}" was not sent, for an argument cannot cross a port: DataCloneError: () => 1 could not be cloned.`

  const { error } = (await outcome(reader.call.find(() => 1))) as { error: PortError }
  expect(error).toEqual(new PortError('not-cloneable', message('find')))
  expect(error.cause).toMatchObject({ name: 'DataCloneError' })
  expect(await outcome(reader.stream.read(() => 1).next())).toEqual({
    error: new PortError('not-cloneable', message('read')),
  })
  expect(() => reader.notify.opened(() => 1)).toThrow(
    new PortError('not-cloneable', message('opened')),
  )
  expect(said.reader).toEqual([])

  expect(await reader.call.find('Emma')).toBe('Emma')
})

test('an answer that cannot cross fails that one call', async () => {
  const { reader } = meetFailing(() => () => 1)
  const error = new PortError(
    'not-cloneable',
    'The answer was not sent, for it cannot cross a port: DataCloneError: () => 1 could not be cloned.',
  )

  expect(await outcome(reader.call.find())).toEqual({ error })
  const pages = reader.stream.read()
  expect(await pages.next()).toEqual({ value: 'page 1', done: false })
  expect(await outcome(pages.next())).toEqual({ error })

  expect(await reader.call.count()).toBe(3)
})

test('a stream that is called, and a call that is streamed, fail in words', async () => {
  const { reader } = meetFailing(() => 1)
  const { read } = reader.call as unknown as { read(): Promise<unknown> }
  expect(await outcome(read())).toEqual({
    error: new PortError(
      'not-cloneable',
      'The answer was not sent, for it cannot cross a port: DataCloneError: [object AsyncGenerator] could not be cloned.',
    ),
  })
  const { count } = reader.stream as unknown as { count(): AsyncIterator<unknown> }
  expect(await outcome(count().next())).toMatchObject({ error: { name: 'TypeError' } })
})
