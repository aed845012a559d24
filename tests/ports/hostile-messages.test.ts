import { type MessagePort, MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Channel, openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import {
  MAX_PARTS,
  type Message,
  readPost,
} from '../../templates/base/src/ports/channel/protocol.ts'
import { named, newEndless, show } from './hostile-posts.ts'
import { bareOf, newDeferred, outcome, pack, quiet, readAll, whenAborted } from './pair.ts'

/** Whoever holds the other end of the library's port, and says what it likes. */
let intruder: MessagePort
let answers: Message[]

interface Intruder {
  name(): Promise<string>
  pages(): AsyncIterable<string>
  copy(pages: AsyncIterable<string>): Promise<void>
}

let library: Channel<Intruder>
let asked: unknown[]
let reasons: unknown[]
let gate: ReturnType<typeof newDeferred<void>>

beforeEach(() => {
  const { port1, port2 } = new MessageChannel()
  intruder = port1
  answers = []
  asked = []
  reasons = []
  gate = newDeferred()
  intruder.on('message', (post) => readPost(post, (message) => answers.push(message) > 0))
  library = openChannel<Intruder>(port2, {
    async find(...args: unknown[]) {
      asked.push(args)
      return 'Emma'
    },
    async wait(signal?: AbortSignal) {
      asked.push(signal)
      void (signal && whenAborted(signal).then((reason) => reasons.push(reason)))
      await gate.promise
    },
    copy: (pages: AsyncIterable<unknown>) => readAll(pages),
    async *read() {
      for (let page = 1; page < 5000; page++) yield page
    },
  })
})

/** The library serves as ever, and has said nothing but what the test looked at. */
afterEach(async () => {
  await quiet()
  answers.length = 0
  say(find(7000, 'Emma'))
  await quiet()
  expect(answers).toEqual([['result', 7000, 'Emma']])
  gate.resolve()
  library.close()
  await quiet()
})

/** Posts messages, all in one post. */
function say(...messages: unknown[][]): void {
  intruder.postMessage(pack(...messages))
}

const none = undefined
const find = (id: unknown, ...args: unknown[]) => ['call', id, 'find', none, ...args]
const wait = (id: unknown) => ['call', id, 'wait', { 0: 0 }, none]
const error = { name: 'Error', message: 'lost', fields: {} }

/** Posts that are no list of fields. */
const noPosts: unknown[] = [
  null,
  undefined,
  0,
  Number.NaN,
  1n,
  '',
  'call',
  true,
  {},
  { kind: 'call', id: 1, method: 'find', args: [] },
  { length: 2, 0: 1, 1: 'ping' },
  new Map([[0, 'call']]),
  new Set([1, 'ping']),
  new Uint8Array([1, 2]),
  new ArrayBuffer(8),
  new Date(0),
  new Error('lost'),
  Object('call'),
]

/** Posts whose first field is no length. */
const withoutLength: unknown[][] = [
  ...[0, -1, 1.5, '1', null, undefined, true, 1n, Number.NaN, Infinity, 2 ** 53, 1e300].map(
    (length) => [length, 'ping'],
  ),
  ...[{}, { valueOf: 1, toString: 1 }, [], [1], [1, 'ping'], [[1]], Object(1)].map((length) => [
    length,
    'ping',
  ]),
  ['ping'],
  ['call', 1, 'find', undefined],
  newEndless(10),
]

/** Posts that end before their message does. */
const cutShort: unknown[][] = [
  [1],
  [2, 'ping'],
  [3, 'notify', 'find'],
  [6, 'call', 1, 'find', undefined, 'Emma'],
  [100_000, 'notify', 'find'],
  [2 ** 53 - 1, 'notify', 'find'],
]

/** Posts that are longer than any that is read. */
const tooLong: unknown[][] = [
  newEndless(),
  Object.assign(newEndless(), pack(['notify', 'find'])),
  newEndless(2 * MAX_PARTS + 1),
  Object.assign(newEndless(2 * MAX_PARTS + 1), pack(['notify', 'find'])),
]

/** What is none of these. */
const wrong = {
  id: [null, undefined, '1', '', 1.5, Number.NaN, Infinity, 2 ** 53, 1n, true, [1], {}, Object(1)],
  text: [null, undefined, 1, 1n, true, ['find'], {}, { toString: 1 }, Object('find')],
  name: [null, undefined, 1.5, 1n, true, ['find'], {}, { toString: 1 }, Object('find')],
  object: [null, undefined, 1, 1n, true, 'lost', ''],
  get count() {
    return [...wrong.id, 0, -1, -16, 1e300]
  },
}

/** Of every kind a message as it should be, and which fields of it are looked at. */
const kinds: [message: unknown[], fields: Record<number, unknown[]>][] = [
  [find(1, 'Emma'), { 1: wrong.id, 2: wrong.text }],
  [['stream', 1, 'read', undefined, 16], { 1: wrong.id, 2: wrong.name, 4: wrong.count }],
  [['notify', 'find', 'Emma'], { 1: wrong.text }],
  [['stream', 1, 1, undefined, 16], { 1: wrong.id, 2: wrong.name, 4: wrong.count }],
  [['credit', 1, 8], { 1: wrong.id, 2: wrong.count }],
  [['cancel', 1, error], { 1: wrong.id, 2: wrong.object }],
  [['result', 1, 'Eve'], { 1: wrong.id }],
  [['items', 2, 'page 0'], { 1: wrong.id }],
  [['end', 1], { 1: wrong.id }],
  [['error', 1, error], { 1: wrong.id, 2: wrong.object }],
  [['close', 'it burns.'], { 1: wrong.text }],
]

/** Messages with one field that is not what it should be, or not there. */
const malformed: unknown[][] = kinds.flatMap(([message, fields]) =>
  Object.entries(fields).flatMap(([at, values]) => [
    message.slice(0, Number(at)),
    ...values.map((value) => message.with(Number(at), value)),
  ]),
)

/** Messages of no kind. */
const noKinds = [
  null,
  undefined,
  0,
  true,
  {},
  [],
  ['close', 'it burns.'],
  { kind: 'ping' },
  new Map(),
]
const noNames = ['', 'Call', 'call ', 'item', 'return', 'toString', '__proto__', 'constructor']
const unknown: unknown[][] = [...noKinds, ...noNames, Object('ping')].map((kind) => [
  kind,
  1,
  'find',
  none,
  none,
])

describe('What is none of the protocol', () => {
  test.each<[what: string, posts: unknown[]]>([
    ['no list', noPosts],
    ['a list without lengths', withoutLength],
    ['a message cut short', cutShort],
    ['a list that claims to be endless', tooLong],
    ['a message of a kind that there is not', unknown.map((message) => pack(message))],
    ['a message with a field that is none', malformed.map((message) => pack(message))],
  ])('is dropped and counted, and nothing is said of it: %s', async (_, posts) => {
    // A call and a stream that wait have the ids that the nonsense speaks of.
    const name = outcome(library.call.name())
    const pages = library.stream.pages()[Symbol.asyncIterator]()
    const page = outcome(pages.next())
    say(wait(3))
    await quiet()
    answers.length = 0

    const heard: unknown[] = []
    for (const post of posts) {
      const before = library.dropped
      intruder.postMessage(post)
      await quiet()
      if (library.dropped !== before + 1) heard.push(show(post))
    }

    expect(heard).toEqual([])
    // But of what may have been a post that cannot be read here.
    const unreadable = posts.filter((post) => post === null || post === undefined)
    expect(answers).toEqual(unreadable.map(() => ['unread']))
    expect(asked).toHaveLength(1)
    expect(reasons).toEqual([])
    say(['result', 1, 'Ada'], ['end', 2])
    expect(await name).toEqual({ value: 'Ada' })
    expect(await page).toEqual({ value: { value: undefined, done: true } })
    expect(library.dropped).toBe(posts.length)
  })

  test('does not keep from being heard what comes before and after it in its post', async () => {
    for (const message of [...unknown, ...malformed]) {
      say(['notify', 'find', 'before'], message, ['notify', 'find', 'after'], message)
    }
    await quiet()
    expect(asked).toHaveLength(2 * [...unknown, ...malformed].length)
    expect(new Set(asked.map((args) => String(args)))).toEqual(new Set(['before', 'after']))
    expect(library.dropped).toBe([...unknown, ...malformed].length)
  })

  test('hides what comes after it, but not what came before, when no length tells where it ends', async () => {
    for (const post of [...withoutLength, ...cutShort]) {
      const after = pack(['notify', 'find', 'after'])
      const rest = withoutLength.includes(post) ? [...post, ...after] : post
      intruder.postMessage([...pack(['notify', 'find', 'before']), ...rest])
    }
    await quiet()
    expect(asked).toEqual([...withoutLength, ...cutShort].map(() => ['before']))
    expect(library.dropped).toBe(asked.length)
  })

  test('is counted once a post, however much of it there is in one', async () => {
    say(...unknown, ...malformed)
    await quiet()
    expect(library.dropped).toBe(1)
  })

  test('does not concern a job that is at work', async () => {
    say(wait(1))
    await quiet()
    for (const post of [...noPosts, ...withoutLength, ...tooLong]) intruder.postMessage(post)
    for (const message of [...unknown, ...malformed]) say(message)
    await quiet()
    expect((asked as AbortSignal[]).map(({ aborted }) => aborted)).toEqual([false])

    gate.resolve()
    await quiet()
    expect(answers).toEqual([['unread'], ['unread'], ['result', 1, undefined]])
  })
})

describe('A list', () => {
  test.each([
    'slice',
    'constructor',
    'map',
    'forEach',
    'every',
    'at',
    'push',
    'concat',
    'toString',
    'then',
  ])('that brings a "%s" of its own is read or dropped, and breaks nothing', async (name) => {
    for (const own of [1, null, {}, []]) {
      intruder.postMessage(Object.assign(pack(['notify', 'find', 'Emma']), { [name]: own }))
    }
    await quiet()
    expect(asked.length + library.dropped).toBe(4)
  })

  test.each(['map', 'slice', 'constructor', 'forEach', 'toString', 'then'])(
    'among the arguments with a "%s" of its own comes as any other',
    async (name) => {
      const list = Object.assign(['Emma'], { [name]: 1 })
      say(find(1, list))
      await quiet()
      expect(answers).toEqual([['result', 1, 'Emma']])
      expect(asked).toEqual([[list]])
    },
  )

  test('among the arguments that claims to be endless comes as any other', async () => {
    say(find(1, newEndless()), ['notify', 'find', newEndless()])
    await quiet()
    expect(answers).toEqual([['result', 1, 'Emma']])
    expect(asked.map((args) => (args as unknown[][])[0]?.length)).toEqual([
      2 ** 32 - 1,
      2 ** 32 - 1,
    ])
  })

  test('of more arguments than a function takes fails at most its own call', async () => {
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
    for (const message of [find(1), ['notify', 'find']]) {
      const post = newEndless(2 * MAX_PARTS)
      intruder.postMessage(Object.assign(post, [post.length - 1, ...message]))
    }
    await quiet()
    expect(answers).toMatchObject([[expect.stringMatching(/result|error/), 1, expect.anything()]])
    shown.mockRestore()
  })
})

describe('A place', () => {
  const outside = [1, -1, 99, Number.MAX_SAFE_INTEGER, 'none', Number.NaN].map((at) => ({
    [at]: 0,
  }))
  test.each(named([...outside, 0, 1, null, [], {}, 'none', 0n]))(
    'that is not among the arguments takes no signal: %s',
    async (_, ties) => {
      say(['call', 1, 'find', ties, 'Emma'])
      await quiet()
      expect(asked).toEqual([['Emma']])
      expect(answers).toEqual([['result', 1, 'Emma']])
    },
  )

  test.each(named(['length', '__proto__', 'constructor', 'map', 'toString']))(
    'that is none of an argument fails at most its own call: %s',
    async (_, place) => {
      const ties = JSON.parse(`{ "${place}": 0 }`)
      say(['call', 1, 'find', ties, 'Emma'])
      say(['stream', 2, 'read', ties, 1, 'Emma'])
      await quiet()
      expect(answers).toHaveLength(2)
    },
  )

  const noStreams: unknown[] = [
    [null, 0, 'Emma', [], [1, 2, 3], {}, { 1: 1 }, { length: 1 }, { '-1': 1 }, { none: 1 }],
    [{ constructor: 1 }, JSON.parse('{ "__proto__": 1 }'), new Map([[0, 1]]), newEndless()],
    [new Uint8Array(9), 'x'.repeat(1000)],
  ].flat()
  test.each(named(noStreams))('for streams fails at most its own call: %s', async (_, streams) => {
    say(['call', 1, 'find', streams, 'Emma'])
    say(['stream', 2, 'read', streams, 1, 'Emma'])
    await quiet()
    expect(answers).toHaveLength(2)
  })

  test('for more streams than there are arguments keeps nobody waiting', async () => {
    // To look at each of them would take longer than a test may.
    say(['call', 1, 'find', 'x'.repeat(5e6), 'Emma'])
    say(['call', 2, 'find', new Uint8Array(5e6), 'Emma'])
    await quiet()
    expect(answers).toHaveLength(2)
  })

  test.each(named([null, undefined, '1', Number.NaN, -1, {}, [1]]))(
    'takes no stream for longer than the other end likes, of an offer that is none: %s',
    async (_, offer) => {
      say(['call', 1, 'copy', { 0: offer }, none])
      await quiet()
      say(['error', 1, error])
      await quiet()
      // What it read ends in an error, which is in its answer.
      const settled = answers.map(bareOf).filter(([kind]) => kind === 'result' || kind === 'error')
      expect(settled.map(([, id]) => id)).toEqual([1])
    },
  )
})

describe('Credit', () => {
  test.each(named(wrong.count))('of %s does not move a stream that is paused', async (_, count) => {
    say(['stream', 1, 'read', none, 1])
    await quiet()
    say(['credit', 1, count])
    await quiet()
    expect(answers).toEqual([['items', 1, 1]])
    expect(library.dropped).toBe(1)

    say(['credit', 1, 2])
    await quiet()
    expect(answers.flatMap((message) => message.slice(2))).toEqual([1, 2, 3])
  })

  test('for a call, or for what waits at this end, moves nothing', async () => {
    const name = outcome(library.call.name())
    say(wait(5), ['credit', 5, 1], ['credit', 1, 1])
    await quiet()
    expect(answers).toEqual([['call', 1, 'name', undefined]])
    say(['result', 1, 'Ada'])
    expect(await name).toEqual({ value: 'Ada' })
  })
})

describe('An id', () => {
  test('that is in use is not used twice', async () => {
    say(wait(1), wait(1))
    say(wait(1))
    say(['stream', 1, 'read', none, 1])
    say(['stream', 1, 1, undefined, 16])
    await quiet()
    expect(asked).toHaveLength(1)

    gate.resolve()
    await quiet()
    expect(answers).toEqual([['result', 1, undefined]])
  })

  test('may be used again once its job is over, and a cancel of the old one is void', async () => {
    say(wait(1))
    gate.resolve()
    await quiet()
    say(['cancel', 1, error], find(1))
    await quiet()

    expect(answers).toEqual([
      ['result', 1, undefined],
      ['result', 1, 'Emma'],
    ])
    expect((asked[0] as AbortSignal).aborted).toBe(false)
  })

  test.each([0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
    'may be any number that is whole: %i',
    async (id) => {
      say(find(id))
      await quiet()
      expect(answers).toEqual([['result', id, 'Emma']])
    },
  )

  test('that nobody knows concerns nobody', async () => {
    say(['result', 99, 1], ['items', 99, 1, 2], ['end', 99], ['error', 99, error])
    say(['credit', 99, 1], ['cancel', 99, error], ['got'], ['unread'], ['pong'])
    await quiet()
    expect(answers).toEqual([])
    // They may have crossed a cancel on their way.
    expect(library.dropped).toBe(0)
  })
})

describe('Whoever waits', () => {
  test('for an answer has the first that comes, whatever else is said', async () => {
    const name = outcome(library.call.name())
    say(['credit', 1, 1], ['items', 1, 'Eve'])
    say(['result', 1, 'Ada'], ['result', 1, 'Eve'], ['error', 1, error], ['end', 1])
    expect(await name).toEqual({ value: 'Ada' })
    expect(library.dropped).toBe(1)
  })

  test('for an item is done with the first end, whatever else is said', async () => {
    const pages = library.stream.pages()[Symbol.asyncIterator]()
    const page = pages.next()
    say(['items', 1, 'page 1'], ['end', 1], ['items', 1, 'page 2'], ['error', 1, error])
    await quiet()
    expect(await page).toEqual({ value: 'page 1', done: false })
    expect(await pages.next()).toEqual({ value: undefined, done: true })
  })

  test('for items has no more of them than there was credit for', async () => {
    const pages = library.with({ credit: 3 }).stream.pages()
    const read = readAll(pages)
    await quiet()
    say(['items', 1, 'page 1', 'page 2', 'page 3', 'page 4'])
    say(['items', 1, ...newEndless(100_000)])
    say(['items', 1, 'page 1'], ['items', 1, 'page 2', 'page 3', 'page 4', 'page 5', 'page 6'])
    say(['end', 1])
    expect(await read).toEqual(['page 1', 'end'])
    expect(library.dropped).toBe(3)
  })

  test('for items may be sent none at all', async () => {
    const read = readAll(library.stream.pages())
    say(['items', 1], ['items', 1], ['items', 1, 'page 1'], ['end', 1])
    expect(await read).toEqual(['page 1', 'end'])
  })
})

describe('A stream that was offered', () => {
  async function* pages(): AsyncGenerator<string> {
    yield 'page 1'
    yield 'page 2'
  }

  test('is read once, by whoever was offered it', async () => {
    const copy = outcome(library.call.copy(pages()))
    say(
      ['stream', 5, 1, undefined, 16],
      ['stream', 6, 1, undefined, 16],
      ['stream', 7, 2, undefined, 16],
      ['stream', 8, 0, undefined, 16],
    )
    await quiet()

    const said = (id: number) => answers.filter((message) => message[1] === id)
    expect(said(5)).toEqual([
      ['items', 5, 'page 1', 'page 2'],
      ['end', 5, 2],
    ])
    for (const id of [6, 7, 8]) {
      expect(said(id)).toMatchObject([['error', id, { name: 'PortError' }]])
    }
    say(['result', 1])
    expect(await copy).toEqual({ value: undefined })
  })

  test('cannot be read any more when its call is over', async () => {
    const copy = outcome(library.call.copy(pages()))
    say(['result', 1], ['stream', 5, 1, undefined, 16])
    expect(await copy).toEqual({ value: undefined })
    await quiet()
    expect(answers[1]).toMatchObject(['error', 5, { name: 'PortError' }])
  })
})

describe('An error', () => {
  const deep = (causes: number): object =>
    causes === 0 ? error : { ...error, cause: deep(causes - 1) }
  const cyclic: Record<string, unknown> = { ...error }
  cyclic['cause'] = cyclic
  const tangled: Record<string, unknown> = { ...error }
  for (const key of ['name', 'message', 'fields', 'stack', 'cause']) tangled[key] = tangled
  const keys = ['__proto__', 'constructor', 'toString', 'valueOf', 'name', 'message', 'stack']
  const hostile = JSON.parse(
    `{ ${[...keys, 'cause', 'then', 'code'].map((key) => `"${key}": { "isAdmin": 1 }`).join()} }`,
  ) as object

  const datas: [what: string, data: unknown][] = [
    ['nothing', {}],
    ['a list', []],
    ['an endless list', newEndless()],
    ['a map', new Map([['name', 'Error']])],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array(8)],
    ['an error', new Error('lost')],
    ['a message alone', { message: 'lost' }],
    ['no fields', { ...error, fields: null }],
    ['fields in a word', { ...error, fields: 'lost' }],
    ['a number of fields', { ...error, fields: 1 }],
    ['a list of fields', { ...error, fields: ['lost'] }],
    ['an endless list of fields', { ...error, fields: newEndless() }],
    ['fields that every object has', { ...error, fields: hostile }],
    ['a name that is a number', { ...error, name: 1 }],
    ['a name that says nothing of itself', { ...error, name: { toString: 1, valueOf: 1 } }],
    ['a message that says nothing of itself', { ...error, message: { toString: null } }],
    ['a stack that says nothing of itself', { ...error, stack: { toString: {} } }],
    ['a stack that is a list', { ...error, stack: [[], {}] }],
    ['no cause', { ...error, cause: null }],
    ['a cause that is a number', { ...error, cause: 1 }],
    ['a cause that is a word', { ...error, cause: { ...error, cause: 'lost' } }],
    ['itself for a cause', cyclic],
    ['itself, and nothing else,', tangled],
    ['more causes than are sent', deep(1000)],
    ['a code that is none', { ...error, name: 'PortError', fields: { code: hostile } }],
    ['the name of ours alone', { name: 'PortError' }],
  ]

  test.each(datas)('of which %s is said fails whoever waits, in words', async (_, data) => {
    const name = outcome(library.call.name())
    const pages = readAll(library.stream.pages())
    say(['error', 1, data], ['error', 2, data])

    for (const failure of [((await name) as { error: unknown }).error, (await pages)[0]]) {
      expect(failure).toBeInstanceOf(Error)
      const prototype: unknown = Object.getPrototypeOf(failure)
      expect([Error.prototype, PortError.prototype]).toContain(prototype)
    }
    expect('isAdmin' in {}).toBe(false)
  })

  test.each(datas)('of which %s is said stops a job as any reason does', async (_, data) => {
    say(wait(1))
    await quiet()
    say(['cancel', 1, data])
    await quiet()
    expect(reasons).toEqual([expect.any(Error)])
  })

  test('has no more causes than are sent', async () => {
    const name = outcome(library.call.name())
    say(['error', 1, cyclic])
    let { error: cause } = (await name) as { error: unknown }
    let count = 0
    for (; cause instanceof Error; cause = cause.cause) count += 1
    expect([count, cause]).toEqual([9, undefined])
  })

  test.each(named([null, undefined, 0, '', 'lost', {}, [], [1], hostile, newEndless(3)]))(
    'may be anything that was thrown: %s',
    async (_, thrown) => {
      const name = outcome(library.call.name())
      say(['error', 1, { thrown }])
      expect(await name).toEqual({ error: thrown })
    },
  )
})
