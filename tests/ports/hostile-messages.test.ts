import { type MessagePort, MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Channel, openChannel } from '../../templates/base/src/ports/channel.ts'
import type { Message } from '../../templates/base/src/ports/protocol.ts'
import { newDeferred, outcome, quiet } from './pair.ts'

/** Whoever holds the other end of the library's port, and says what it likes. */
let intruder: MessagePort
let answers: Message[]

interface Intruder {
  name(): Promise<string>
  pages(): AsyncIterable<string>
}

let library: Channel<Intruder>
let asked: unknown[]
let gate: ReturnType<typeof newDeferred<void>>

beforeEach(() => {
  const { port1, port2 } = new MessageChannel()
  intruder = port1
  answers = []
  asked = []
  gate = newDeferred()
  intruder.on('message', (message: Message) => answers.push(message))
  library = openChannel<Intruder>(port2, {
    async find(...args: unknown[]) {
      asked.push(args)
      return 'Emma'
    },
    async wait(signal?: AbortSignal) {
      asked.push(signal)
      await gate.promise
    },
    async *read() {
      for (let page = 1; page < 1000; page++) yield page
    },
  })
})

/** The library serves as ever, and has said nothing but what the test looked at. */
afterEach(async () => {
  await quiet()
  answers.length = 0
  intruder.postMessage({ kind: 'call', id: 7000, method: 'find', args: ['Emma'] })
  await quiet()
  expect(answers).toEqual([{ kind: 'result', id: 7000, value: 'Emma' }])
  gate.resolve()
  library.close()
  await quiet()
})

const error = { name: 'Error', message: 'lost' }
const deep = (causes: number): object =>
  causes === 0 ? error : { ...error, cause: deep(causes - 1) }
const cyclic: Record<string, unknown> = { ...error }
cyclic['cause'] = cyclic

const nonsense: unknown[] = [
  null,
  undefined,
  0,
  Number.NaN,
  '',
  'call',
  true,
  [],
  ['call', 1],
  {},
  new Map([['kind', 'call']]),
  new Error('lost'),
  { kind: null },
  { kind: 'toString' },
  { kind: '__proto__' },
  { kind: ['close'] },
  { kind: 'call' },
  { kind: 'call', id: 1 },
  { kind: 'call', id: 1, method: 'find' },
  { kind: 'call', id: 1, args: [] },
  { kind: 'call', id: 1, method: 1, args: [] },
  { kind: 'call', id: 1, method: 'find', args: 'Emma' },
  { kind: 'call', id: 1, method: 'find', args: { length: 1 } },
  { kind: 'call', id: '1', method: 'find', args: [] },
  { kind: 'call', id: 1.5, method: 'find', args: [] },
  { kind: 'call', id: Number.NaN, method: 'find', args: [] },
  { kind: 'call', id: 1n, method: 'find', args: [] },
  { kind: 'call', id: 1, method: 'find', args: [], signalAt: '0' },
  { kind: 'call', id: 1, method: 'find', args: [], signalAt: null },
  { kind: 'call', id: 1, method: 'find', args: [], signalAt: 'length' },
  { kind: 'call', id: 1, method: 'find', args: [], signalAt: Number.NaN },
  { kind: 'stream', id: 1, method: 'find', args: [] },
  { kind: 'stream', id: 1, method: 'find', args: [], credit: 0 },
  { kind: 'stream', id: 1, method: 'find', args: [], credit: -16 },
  { kind: 'stream', id: 1, method: 'find', args: [], credit: Number.NaN },
  { kind: 'stream', id: 1, method: 'find', args: [], credit: Number.POSITIVE_INFINITY },
  { kind: 'stream', id: 1, method: 'find', args: [], credit: 1e300 },
  { kind: 'stream', id: 1, method: 'find', args: [], credit: '16' },
  { kind: 'notify' },
  { kind: 'notify', method: 'find' },
  { kind: 'notify', args: [] },
  { kind: 'result' },
  { kind: 'item', value: 1 },
  { kind: 'end', id: null },
  { kind: 'error', id: 1 },
  { kind: 'error', id: 1, error: 'lost' },
  { kind: 'error', id: 1, error: null },
  { kind: 'error', id: 1, error: {} },
  { kind: 'error', id: 1, error: { message: 'lost' } },
  { kind: 'error', id: 1, error: { name: 'Error', message: 1 } },
  { kind: 'error', id: 1, error: { ...error, code: {} } },
  { kind: 'error', id: 1, error: { ...error, cause: null } },
  { kind: 'error', id: 1, error: { ...error, cause: 1 } },
  { kind: 'error', id: 1, error: { ...error, cause: { ...error, cause: 'lost' } } },
  { kind: 'error', id: 1, error: cyclic },
  { kind: 'error', id: 1, error: deep(9) },
  { kind: 'cancel', id: 1 },
  { kind: 'cancel', id: 1, reason: 'lost' },
  { kind: 'cancel', id: 1, reason: { ...error, cause: 1 } },
  { kind: 'cancel', id: 1, reason: cyclic },
  { kind: 'credit', id: 1 },
  { kind: 'close' },
  { kind: 'close', reason: 1 },
]

test('a message that is none of the protocol is dropped, and nothing is said of it', async () => {
  // A call and a stream that wait have the ids that the nonsense speaks of.
  const name = outcome(library.call.name())
  const pages = library.stream.pages()[Symbol.asyncIterator]()
  const page = outcome(pages.next())
  await quiet()
  answers.length = 0

  for (const data of nonsense) intruder.postMessage(data)
  await quiet()

  expect(answers).toEqual([])
  expect(asked).toEqual([])
  intruder.postMessage({ kind: 'result', id: 1, value: 'Ada' })
  intruder.postMessage({ kind: 'end', id: 2 })
  expect(await name).toEqual({ value: 'Ada' })
  expect(await page).toEqual({ value: { value: undefined, done: true } })
})

test('a running job takes no notice of nonsense about it', async () => {
  intruder.postMessage({ kind: 'call', id: 1, method: 'wait', args: [undefined], signalAt: 0 })
  await quiet()
  for (const data of nonsense) intruder.postMessage(data)
  await quiet()
  expect((asked as AbortSignal[]).map(({ aborted }) => aborted)).toEqual([false])

  gate.resolve()
  await quiet()
  expect(answers).toEqual([{ kind: 'result', id: 1, value: undefined }])
})

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300, '8', null, undefined])(
  'a paused stream is not moved by a credit of %s',
  async (count) => {
    intruder.postMessage({ kind: 'stream', id: 1, credit: 1, method: 'read', args: [] })
    await quiet()
    intruder.postMessage({ kind: 'credit', id: 1, count })
    await quiet()
    expect(answers).toEqual([{ kind: 'item', id: 1, value: 1 }])

    intruder.postMessage({ kind: 'credit', id: 1, count: 2 })
    await quiet()
    expect(answers).toHaveLength(3)
  },
)

test('an id that is in use is not used twice', async () => {
  const call = { kind: 'call', id: 1, method: 'wait', args: [] }
  intruder.postMessage(call)
  intruder.postMessage(call)
  intruder.postMessage({ ...call, kind: 'stream', credit: 1, method: 'read' })
  await quiet()
  expect(asked).toHaveLength(1)

  gate.resolve()
  await quiet()
  expect(answers).toEqual([{ kind: 'result', id: 1, value: undefined }])
})

test('an id may be used again once its job is over, and a cancel of the old one is void', async () => {
  intruder.postMessage({ kind: 'call', id: 1, method: 'wait', args: [undefined], signalAt: 0 })
  gate.resolve()
  await quiet()
  intruder.postMessage({ kind: 'cancel', id: 1, reason: error })
  intruder.postMessage({ kind: 'call', id: 1, method: 'find', args: [] })
  await quiet()

  expect(answers).toEqual([
    { kind: 'result', id: 1, value: undefined },
    { kind: 'result', id: 1, value: 'Emma' },
  ])
  expect((asked[0] as AbortSignal).aborted).toBe(false)
})

test('answers, credit and cancels for what is not there are dropped', async () => {
  const unknown = { id: 99, value: 1, count: 1, error, reason: error }
  for (const kind of ['result', 'item', 'end', 'error', 'credit', 'cancel']) {
    intruder.postMessage({ kind, ...unknown })
  }
  await quiet()
  expect(answers).toEqual([])
})

test('a call is settled by its first answer, whatever else is said', async () => {
  const name = outcome(library.call.name())
  intruder.postMessage({ kind: 'credit', id: 1, count: 1 })
  intruder.postMessage({ kind: 'item', id: 1, value: 'Eve' })
  intruder.postMessage({ kind: 'result', id: 1, value: 'Ada' })
  intruder.postMessage({ kind: 'result', id: 1, value: 'Eve' })
  intruder.postMessage({ kind: 'error', id: 1, error })
  expect(await name).toEqual({ value: 'Ada' })
})

test('a stream is over by its first end, whatever else is said', async () => {
  const pages = library.stream.pages()[Symbol.asyncIterator]()
  const page = pages.next()
  intruder.postMessage({ kind: 'item', id: 1, value: 'page 1' })
  intruder.postMessage({ kind: 'end', id: 1 })
  intruder.postMessage({ kind: 'item', id: 1, value: 'page 2' })
  intruder.postMessage({ kind: 'error', id: 1, error })
  await quiet()
  expect(await page).toEqual({ value: 'page 1', done: false })
  expect(await pages.next()).toEqual({ value: undefined, done: true })
})

test.each([1, -1, 99, Number.MAX_SAFE_INTEGER])(
  'a signal is put to none of the arguments by a place of %i',
  async (signalAt) => {
    intruder.postMessage({ kind: 'call', id: 1, method: 'find', args: ['Emma'], signalAt })
    await quiet()
    expect(asked).toEqual([['Emma']])
  },
)

test('arguments that claim to be billions fail at once', async () => {
  const args: unknown[] = []
  args.length = 2 ** 32 - 1
  intruder.postMessage({ kind: 'call', id: 1, method: 'find', args, signalAt: 0 })
  await quiet()
  expect(answers).toMatchObject([{ kind: 'error', id: 1, error: { name: 'RangeError' } }])
})

test('arguments that bring methods of their own fail at most their own call', async () => {
  const args = Object.assign(['Emma'], { map: 1, length: 1, forEach: null })
  intruder.postMessage({ kind: 'call', id: 1, method: 'find', args })
  await quiet()
  expect(answers).toEqual([{ kind: 'result', id: 1, value: 'Emma' }])
})
