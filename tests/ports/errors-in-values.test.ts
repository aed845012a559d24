import { describe, expect, test } from 'vitest'
import { transfer } from '../../templates/base/src/ports/channel/transfer.ts'
import { meet, outcome, readAll } from './pair.ts'

class LostBook extends Error {
  override readonly name = 'LostBook'
  readonly code = 'LOST'
  readonly shelf = { room: 9 }
}

/** What is to be seen of a lost book at the other end. */
const lost = { name: 'LostBook', message: 'Emma', code: 'LOST', shelf: { room: 9 } }

const newLost = (): LostBook =>
  new LostBook('Emma', { cause: Object.assign(new Error('fire'), { code: 7 }) })

/** Says of an error what a test compares. */
function show(error: unknown): unknown {
  expect(error).toBeInstanceOf(Error)
  expect((error as Error).cause).toMatchObject({ message: 'fire', code: 7 })
  return { ...(error as object), name: (error as Error).name, message: (error as Error).message }
}

const sizes = [
  ['small', 0],
  ['large', 100_000],
] as const

/** Where in a value an error may be, and how to find it there again. */
const places: [where: string, put: (error: Error) => unknown, find: (value: any) => unknown][] = [
  ['itself', (error) => error, (value) => value],
  ['a field', (error) => ({ status: 'rejected', reason: error }), ({ reason }) => reason],
  ['deep in it', (error) => [[{ found: [1, { error }] }]], ([[{ found }]]) => found[1].error],
  [
    'in a Map',
    (error) => new Map([['Emma', error]]),
    (value: Map<string, Error>) => value.get('Emma'),
  ],
  ['in a Set', (error) => new Set([1, error]), (value) => [...value][1]],
  ['behind others', (error) => [new Error('first'), error], ([, error]) => error],
  ['of a class', (error) => new (class Found { error = error })(), ({ error }) => error], // prettier-ignore
]

describe.each(sizes)(
  'An error in a %s message arrives with name, code, fields and cause',
  (_, size) => {
    const rest = Array.from({ length: size }, (_item, index) => index)

    test.each(places)('as an argument: %s', async (_where, put, find) => {
      const { reader } = meet({
        show: async (value: unknown, _rest: number[]) => show(find(value)),
      })
      expect(await reader.call.show(put(newLost()), rest)).toEqual(lost)
    })

    test.each(places)('as a result: %s', async (_where, put, find) => {
      const { reader } = meet({ find: async () => [put(newLost()), rest] })
      const [value] = await reader.call.find()
      expect(show(find(value))).toEqual(lost)
    })

    test.each(places)('as an item of a stream: %s', async (_where, put, find) => {
      const { reader } = meet({
        async *read() {
          for (let page = 0; page < 20; page++) yield page % 2 ? page : [put(newLost()), rest]
        },
      })
      const pages = await readAll(reader.stream.read())
      expect(pages).toHaveLength(21)
      for (const [value] of pages.filter(Array.isArray)) {
        expect(show(find(value))).toEqual(lost)
      }
    })
  },
)

test('an error that is in a value twice is one there, too', async () => {
  const { reader } = meet({
    compare: async (value: unknown) => {
      const [one, other] = value as unknown[]
      return one === other
    },
  })
  const error = newLost()
  expect(await reader.call.compare([error, error])).toBe(true)
})

test('results of Promise.allSettled arrive with all that is in their errors', async () => {
  const { reader } = meet({
    all: () => Promise.allSettled([Promise.resolve(1), Promise.reject(newLost())]),
  })
  const [one, other] = await reader.call.all()
  expect(one).toEqual({ status: 'fulfilled', value: 1 })
  expect(show((other as PromiseRejectedResult).reason)).toEqual(lost)
})

test('an AggregateError arrives with its errors, thrown or given', async () => {
  const newAll = (): AggregateError => new AggregateError([newLost(), 'lost'], 'all of them')
  const { reader } = meet({
    find: async () => {
      throw newAll()
    },
    give: async () => ({ error: newAll() }),
  })
  const { error: thrown } = (await outcome(reader.call.find())) as { error: AggregateError }
  const { error: given } = await reader.call.give()
  for (const { name, message, errors } of [thrown, given]) {
    expect([name, message, show(errors[0]), errors[1]]).toEqual([
      'AggregateError',
      'all of them',
      lost,
      'lost',
    ])
  }
})

test('an error among the fields of one that is thrown arrives whole, and so does one in a thrown object', async () => {
  const { reader } = meet({
    find: async (how: string) => {
      throw how === 'object'
        ? { status: 404, reason: newLost() }
        : Object.assign(new Error(), { reasons: [newLost()] })
    },
  })
  const one = (await outcome(reader.call.find('error'))) as { error: { reasons: Error[] } }
  const other = (await outcome(reader.call.find('object'))) as {
    error: { status: 404; reason: Error }
  }
  expect([show(one.error.reasons[0]), other.error.status, show(other.error.reason)]).toEqual([
    lost,
    404,
    lost,
  ])
})

test('errors that are all in one another are sent in no time, and end', async () => {
  const errors: (Error & { others?: Error[] })[] = Array.from(
    { length: 10 },
    (_, index) => new Error(`${index}`),
  )
  for (const error of errors) error.others = errors
  const { reader } = meet({
    count: async (given: unknown) => (given as typeof errors)[9]?.others?.length,
    fail: async () => {
      throw errors[0]
    },
  })
  expect(await reader.call.count(errors)).toBe(10)
  expect(await outcome(reader.call.fail())).toMatchObject({ error: { message: '0' } })
})

test('an error beside what is moved arrives whole', async () => {
  const { reader } = meet({
    take: async (buffer: ArrayBuffer, error: unknown) => [buffer.byteLength, show(error)],
  })
  const buffer = new ArrayBuffer(8)
  expect(await reader.call.take(transfer(buffer), newLost())).toEqual([8, lost])
  expect(buffer.byteLength).toBe(0)
})

test('an error behind large messages that wait arrives whole', async () => {
  const heard: unknown[] = []
  const { reader } = meet({ note: (value: unknown) => void heard.push(value), ask: async () => {} })
  for (let count = 0; count < 30; count++) reader.notify.note(new Uint8Array(100_000))
  reader.notify.note([newLost()])
  await reader.call.ask()
  expect(show((heard.at(-1) as [Error])[0])).toEqual(lost)
})
