import { describe, expect, test } from 'vitest'
import { MemoryPort, meet, newDeferred, outcome, quiet, readAll } from './pair.ts'

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

function lose(): never {
  throw new Error('Page 3 is lost.')
}

/** An object whose title is asked for, the first time, the second… */
function newAsked(answer: (times: number) => unknown): object {
  let times = 0
  return {
    get title() {
      return answer(++times)
    },
  }
}

function newRevoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

function newMovedBytes(): Uint8Array {
  const bytes = new Uint8Array(8)
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
  return bytes
}

/** What cannot cross any port. */
const uncloneables: [what: string, make: () => unknown][] = [
  ['a function', () => lose],
  ['a symbol', () => Symbol('Emma')],
  ['an object with a method', () => ({ lose })],
  ['a function deep in plain data', () => ({ pages: [1, [{ lose }]] })],
  ['an array with a method', () => Object.assign([1, 2], { lose })],
  ['an array with a property that has a method', () => Object.assign([1], { book: { lose } })],
  ['a Map with a function', () => new Map([[1, lose]])],
  ['an Error with a function for its cause', () => new Error('lost', { cause: lose })],
  ['a promise', () => Promise.resolve()],
  ['a WeakMap', () => new WeakMap()],
  ['bytes that were moved before', () => newMovedBytes()],
  ['their buffer', () => newMovedBytes().buffer],
  ['a getter that throws', () => newAsked(lose)],
  ['a getter that throws, deep in plain data', () => [{ book: newAsked(lose) }]],
]

/** What is said to cross, or not, when it is looked at again; or fails as it is looked at. */
const fickle: [what: string, make: () => unknown][] = [
  ['a Proxy that was revoked', () => newRevoked()],
  [
    'a getter that throws the second time',
    () => newAsked((times) => (times === 1 ? 'Emma' : lose())),
  ],
  ['a getter that throws the third time', () => newAsked((times) => (times < 3 ? 'Emma' : lose()))],
  [
    'a getter that gives a function the second time',
    () => newAsked((times) => (times === 1 ? 1 : lose)),
  ],
  [
    'a getter that gives a function the third time',
    () => newAsked((times) => (times < 3 ? {} : lose)),
  ],
  [
    'a getter that gives another object each time',
    () => newAsked((times) => ({ times, pages: [times] })),
  ],
]

const places = [
  ['first', 0],
  ['second', 1],
  ['sixth', 5],
  ['last', 10],
] as const

const failed = { error: { name: 'PortError', code: 'not-cloneable' } }

/** Of eleven, all but the one at a place. */
const allBut = <Value>(place: number, values: Value[]): Value[] =>
  values.filter((_, index) => index !== place)

/** What has come of promises by the time that nothing more will come; undefined for nothing. */
async function outcomes(promises: Promise<unknown>[]): Promise<unknown[]> {
  const seen: unknown[] = promises.map(() => undefined)
  for (const [index, promise] of promises.entries()) {
    void outcome(promise).then((settled) => (seen[index] = settled))
  }
  await quiet()
  return seen
}

describe.each(places)(
  'An argument that does not cross, and is sent %s in its tick,',
  (_, place) => {
    const answered = allBut(place, upTo(11)).map((page) => ({ value: page }))

    /** Asks eleven times in one tick. */
    function ask(odd: unknown): Promise<unknown[]> {
      const { reader } = meet({ find: async (page: unknown) => page }, { ports: MemoryPort.pair() })
      const pages: unknown[] = upTo(11)
      pages[place] = odd
      return outcomes(pages.map((page) => reader.call.find(page)))
    }

    test.each(uncloneables)('fails its own call and no other: %s', async (_what, make) => {
      const answers = await ask(make())
      expect(answers[place]).toMatchObject(failed)
      expect(allBut(place, answers)).toEqual(answered)
    })

    test.each(fickle)('fails no call but its own: %s', async (_what, make) => {
      const answers = await ask(make())
      expect(answers[place]).toBeDefined()
      expect(allBut(place, answers)).toEqual(answered)
    })

    test.each(uncloneables)('fails its own notification and no other: %s', async (_what, make) => {
      const heard: unknown[] = []
      const { reader } = meet({ note: (page: unknown): void => void heard.push(page) })
      for (const page of upTo(place)) reader.notify.note(page)
      expect(() => reader.notify.note(make())).toThrow(/^"note" was not sent/)
      for (const page of upTo(11).slice(place + 1)) reader.notify.note(page)
      await quiet()
      expect(heard).toEqual(allBut(place, upTo(11)))
    })
  },
)

describe.each(places)('An answer that does not cross, and is given %s in its tick,', (_, place) => {
  const answered = allBut(place, upTo(11)).map((page) => ({ value: page }))

  /** Asks eleven times before one tick of the library. */
  async function ask(make: () => unknown): Promise<unknown[]> {
    const gate = newDeferred()
    const ports = MemoryPort.pair()
    const { reader } = meet(
      {
        async find(page: number) {
          await gate.promise
          return page === place + 1 ? { value: make() } : { value: page }
        },
      },
      { ports },
    )
    const answers = upTo(11).map(async (page) => (await reader.call.find(page)).value)
    await quiet()
    gate.resolve()
    return outcomes(answers)
  }

  test.each(uncloneables)('fails its own call and no other: %s', async (_what, make) => {
    const answers = await ask(make)
    expect(answers[place]).toMatchObject(failed)
    expect(allBut(place, answers)).toEqual(answered)
  })

  test.each(fickle)('fails no call but its own: %s', async (_what, make) => {
    const answers = await ask(make)
    expect(answers[place]).toBeDefined()
    expect(allBut(place, answers)).toEqual(answered)
  })
})

describe.each([0, 1, 5, 10])('An item that does not cross, and follows %i others,', (place) => {
  test.each(uncloneables)('ends its own stream and no other: %s', async (_what, make) => {
    const { reader } = meet(
      {
        async *read(odd: boolean) {
          for (const page of upTo(11)) yield odd && page === place + 1 ? { page: make() } : page
        },
      },
      { ports: MemoryPort.pair() },
    )
    const read = [false, true, false].map((odd) => readAll(reader.stream.read(odd)))
    const [one, odd, other] = await outcomes(read)
    expect([one, other]).toEqual([{ value: [...upTo(11), 'end'] }, { value: [...upTo(11), 'end'] }])
    expect(odd).toMatchObject({ value: [...upTo(place), failed.error] })
  })
})

test('the channel says afterwards what it would have said before', async () => {
  const { reader } = meet({ find: async (page: unknown) => page }, { ports: MemoryPort.pair() })
  for (const [, make] of [...uncloneables, ...fickle]) {
    const answers = await outcomes([reader.call.find(make())])
    expect(answers[0]).toBeDefined()
    expect(await outcomes([reader.call.find('Emma')])).toEqual([{ value: 'Emma' }])
  }
})
