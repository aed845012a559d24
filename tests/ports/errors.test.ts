import { expect, test, vi } from 'vitest'
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

test('an error arrives with fields of its own, such as can be cloned', async () => {
  class LostBook extends Error {
    readonly shelf = { room: 9, since: new Date(0) }
    readonly pages = new Map([[1, 'torn']])
    readonly count = 0
    readonly found = null
    readonly hint = undefined
    readonly find = (): void => {}
    readonly finders = [Promise.resolve()]
    get borrower(): string {
      return 'Ada'
    }
  }
  const { reader } = meetFailing(() => {
    const unreadable = { enumerable: true, get: () => [].at(NaN)!['note'] }
    throw Object.defineProperty(new LostBook('Emma is lost.'), 'note', unreadable)
  })

  const { error } = (await outcome(reader.call.find())) as { error: Error }

  expect({ ...error }).toEqual({
    shelf: { room: 9, since: new Date(0) },
    pages: new Map([[1, 'torn']]),
    count: 0,
    found: null,
  })
  expect(error.message).toBe('Emma is lost.')
})

test('a field with the name of what every object has is a field, and nothing else', async () => {
  const { reader } = meetFailing(() => {
    const error = new Error('Emma is lost.')
    for (const key of ['__proto__', 'constructor', 'toString']) {
      Object.defineProperty(error, key, { value: { isAdmin: true }, enumerable: true })
    }
    throw error
  })
  const { error } = (await outcome(reader.call.find())) as { error: Error }
  expect(error).toBeInstanceOf(Error)
  expect(error.message).toBe('Emma is lost.')
  expect(Object.getOwnPropertyDescriptor(error, 'toString')?.value).toEqual({ isAdmin: true })
  expect('isAdmin' in error || 'isAdmin' in {}).toBe(false)
})

test('a code that is inherited arrives, whatever can be cloned of it', async () => {
  class MissingBook extends Error {
    get code(): object {
      return { room: 9 }
    }
  }
  const { reader } = meetFailing(() => {
    throw new MissingBook('Emma is lost.')
  })
  expect(await outcome(reader.call.find())).toMatchObject({ error: { code: { room: 9 } } })
})

test('a stack travels in development, with that of each cause', async () => {
  const cause = new Error('Look in room 9.')
  const thrown = new Error('Emma is lost.', { cause })
  const { reader } = meetFailing(() => {
    throw thrown
  })
  expect(await outcome(reader.call.find())).toMatchObject({
    error: { stack: expect.stringContaining(`${thrown.stack}\n`), cause: { stack: cause.stack } },
  })
})

test('a stack stays at home elsewhere, for it tells of files there', async () => {
  vi.stubEnv('DEV', false)
  const { reader, said } = meetFailing(() => {
    throw new Error('Emma is lost.', { cause: new Error('Look in room 9.') })
  })

  const { error } = (await outcome(reader.call.find())) as { error: Error }
  vi.unstubAllEnvs()

  const cause = { name: 'Error', message: 'Look in room 9.', fields: {} }
  expect(said.library).toEqual([
    ['error', 1, { name: 'Error', message: 'Emma is lost.', fields: {}, cause }],
  ])
  expect(error.stack).not.toContain(import.meta.filename)
})

test('an error of the kernel itself arrives as one', async () => {
  const { reader } = meetFailing(() => {
    throw new PortError('refused', 'No such topology.')
  })
  const { error } = (await outcome(reader.call.find())) as { error: unknown }
  expect(error).toBeInstanceOf(PortError)
  expect(error).toEqual(new PortError('refused', 'No such topology.'))
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
  [
    'an object',
    { status: 404, body: { lost: ['Emma'] } },
    { status: 404, body: { lost: ['Emma'] } },
  ],
  ['an array', [404, 'lost'], [404, 'lost']],
  ['a Map', new Map([['Emma', 404]]), new Map([['Emma', 404]])],
  ['an object without a prototype', Object.create(null), {}],
  ['a function', Symbol, String(Symbol)],
  ['an object with a method', { lost() {} }, '[object Object]'],
  [
    'an object that cannot be cloned and says nothing of itself',
    Object.assign(Object.create(null), { lost() {} }),
    'What was thrown cannot be read.',
  ],
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

test('an AggregateError arrives with its errors, each with its code and cause', async () => {
  const { reader } = meetFailing(() => {
    const lost = Object.assign(new RangeError('lost', { cause: 'fire' }), { code: 'LOST' })
    throw new AggregateError([lost, 'torn', new AggregateError([lost], 'more')], 'All of them.')
  })
  const { error } = (await outcome(reader.call.find())) as { error: AggregateError }
  expect(error).toBeInstanceOf(AggregateError)
  const lost = { name: 'RangeError', message: 'lost', code: 'LOST', cause: 'fire' }
  expect(error).toMatchObject({ name: 'AggregateError', message: 'All of them.' })
  expect(error.errors).toMatchObject([
    lost,
    'torn',
    { message: 'more', errors: [{ code: 'LOST' }] },
  ])
  expect(Object.keys(error)).toEqual([])
})

test('an AggregateError that has itself among its errors arrives, and comes to an end', async () => {
  const { reader } = meetFailing(() => {
    const error = new AggregateError([], 'again')
    for (let count = 0; count < 10; count++) error.errors.push(error)
    throw error
  })
  let { error } = (await outcome(reader.call.find())) as { error: unknown }
  let depth = 0
  for (; error instanceof AggregateError; [error] = error.errors) depth += 1
  expect(depth).toBe(2)
  expect(error).toMatchObject({ name: 'AggregateError', message: 'again' })
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
  const error = (method: string) => ({
    code: 'not-cloneable',
    message: `"${method}" was not sent, for it cannot cross this port: DataCloneError: () => 1 could not be cloned.`,
    cause: { name: 'DataCloneError' },
  })

  expect(await outcome(reader.call.find(() => 1))).toMatchObject({ error: error('find') })
  expect(await outcome(reader.stream.read(() => 1).next())).toMatchObject({ error: error('read') })
  const notify = async () => reader.notify.opened(() => 1)
  expect(await outcome(notify())).toMatchObject({ error: error('opened') })
  expect(said.reader).toEqual([])

  expect(await reader.call.find('Emma')).toBe('Emma')
})

test('an answer that cannot cross fails that one call', async () => {
  const { reader } = meetFailing(() => () => 1)
  expect(await outcome(reader.call.find())).toMatchObject({ error: notSent('() => 1', 'find') })
  const pages = reader.stream.read()
  expect(await pages.next()).toEqual({ value: 'page 1', done: false })
  expect(await outcome(pages.next())).toMatchObject({ error: notSent('() => 1', 'read') })

  expect(await reader.call.count()).toBe(3)
})

test('a stream that is called, and a call that is streamed, fail in words', async () => {
  const { reader } = meetFailing(() => 1)
  const { read } = reader.call as unknown as { read(): Promise<unknown> }
  expect(await outcome(read())).toMatchObject({ error: notSent('[object AsyncGenerator]', 'read') })
  const { count } = reader.stream as unknown as { count(): AsyncIterator<unknown> }
  expect(await outcome(count().next())).toMatchObject({ error: { name: 'TypeError' } })
})

/** The failure of a call whose answer was this. */
function notSent(what: string, method: string): object {
  return {
    name: 'PortError',
    code: 'not-cloneable',
    message: `An answer to "${method}" was not sent, for it cannot cross this port: DataCloneError: ${what} could not be cloned.`,
    cause: { name: 'DataCloneError' },
  }
}
