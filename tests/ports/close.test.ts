import { MessageChannel } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { type Channel, openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import type { PortLike } from '../../templates/base/src/ports/channel/port.ts'
import { meet, newDeferred, outcome, pack, quiet, whenAborted } from './pair.ts'

const HERE = new PortError('closed', 'This end closed the port: it is no longer needed.')
const THERE = new PortError('closed', 'The other end closed the port: it is no longer needed.')
const GONE = new PortError('closed', 'The other end of the port is gone.')

/** Handlers that work until they are told to stop. */
function newPatient() {
  const reasons: unknown[] = []
  return {
    reasons,
    async find(signal: AbortSignal): Promise<void> {
      reasons.push(await whenAborted(signal))
    },
    async *read(signal: AbortSignal): AsyncGenerator<string> {
      yield 'page 1'
      reasons.push(await whenAborted(signal))
    },
  }
}

type Patient = Omit<ReturnType<typeof newPatient>, 'reasons'>

/** Asks for everything that a patient handler never answers. Resolves with what comes of it. */
async function askPatient({ call, stream }: Channel<Patient>): Promise<unknown[]> {
  const { signal } = new AbortController()
  const pages = stream.read(signal)[Symbol.asyncIterator]()
  await pages.next()
  const waiting = [call.find(signal), call.find(signal), pages.next()]
  return [...(await Promise.all(waiting.map(outcome))), await pages.next()]
}

test.each(['reader', 'library'] as const)(
  'the %s closes: whatever waits fails at both ends, and every handler is told to stop',
  async (closer) => {
    const [library, reader] = [newPatient(), newPatient()]
    const meeting = meet<Patient, Patient>(library, { reader })
    const atReader = askPatient(meeting.reader)
    const atLibrary = askPatient(meeting.library)
    await quiet()

    meeting[closer].close()

    const [error, other] = closer === 'reader' ? [HERE, THERE] : [THERE, HERE]
    const end = { value: undefined, done: true }
    expect(await atReader).toEqual([{ error }, { error }, { error }, end])
    expect(await atLibrary).toEqual([{ error: other }, { error: other }, { error: other }, end])
    await quiet()
    expect(reader.reasons).toEqual([error, error, error])
    expect(library.reasons).toEqual([other, other, other])
    expect(await meeting.reader.closed).toEqual(error)
    expect(await meeting.library.closed).toEqual(other)
  },
)

test('a port that closes without a goodbye fails whatever waits, and stops every handler', async () => {
  const { port1, port2 } = new MessageChannel()
  const library = newPatient()
  const channel = openChannel<Patient>(port1, library)
  const asked = askPatient(channel)
  port2.postMessage(pack(['call', 1, 'find', { 0: 0 }, undefined], ['items', 1, 'page 1']))
  await quiet()

  port2.close()

  expect(await channel.closed).toEqual(GONE)
  const end = { value: undefined, done: true }
  expect(await asked).toEqual([{ error: GONE }, { error: GONE }, { error: GONE }, end])
  expect(library.reasons).toEqual([GONE])
})

test('closing twice is harmless, and the first reason stands', async () => {
  const { reader, library, said } = meet({ find: async () => 'Emma' })
  reader.close('the library burns.')
  reader.close('it rains.')
  library.close('it is late.')
  await quiet()
  reader.close('it rains still.')

  const error = new PortError('closed', 'This end closed the port: the library burns.')
  expect(await reader.closed).toEqual(error)
  expect(await outcome(reader.call.find())).toEqual({ error })
  expect(await library.closed).toEqual(
    new PortError('closed', 'This end closed the port: it is late.'),
  )
  expect(said.reader).toEqual([['close', 'the library burns.']])
})

test('the reason travels to the other end', async () => {
  const { reader, library } = meet({})
  reader.close('the library burns.')
  expect(await library.closed).toEqual(
    new PortError('closed', 'The other end closed the port: the library burns.'),
  )
})

test('whatever is asked after the end fails at once, and nothing is sent', async () => {
  const { reader, said } = meet({
    find: async () => 'Emma',
    async *read() {
      yield 'page 1'
    },
    opened: () => {},
  })
  const unread = reader.stream.read()
  reader.close()

  expect(await outcome(reader.call.find())).toEqual({ error: HERE })
  expect(await outcome(unread.next())).toEqual({ error: HERE })
  expect(await unread.next()).toEqual({ value: undefined, done: true })
  expect(await outcome(reader.stream.read().next())).toEqual({ error: HERE })
  expect(() => reader.notify.opened()).toThrow(HERE)
  expect(said.reader.map(([kind]) => kind)).toEqual(['close'])
})

test('what was posted before the close is delivered first', async () => {
  const heard: unknown[] = []
  const { reader, library } = meet({ opened: (page: number) => void heard.push(page) })
  const closed = library.closed.then(() => heard.push('closed'))

  for (let page = 1; page <= 100; page++) reader.notify.opened(page)
  reader.close()
  await closed

  expect(heard).toEqual([...Array.from({ length: 100 }, (_, index) => index + 1), 'closed'])
})

test('an answer that was posted before the close is still an answer', async () => {
  const { reader, library } = meet({
    find: async () => {
      void quiet().then(() => library.close())
      return 'Emma'
    },
  })
  expect(await reader.call.find()).toBe('Emma')
  expect(await reader.closed).toEqual(THERE)
})

test('items that arrived before the close can still be read, then the stream fails', async () => {
  const { reader, library } = meet({
    async *read() {
      yield* ['page 1', 'page 2', 'page 3']
      await library.closed
    },
  })
  const pages = reader.stream.read()
  await pages.next()
  await quiet()

  library.close()
  await reader.closed

  expect(await pages.next()).toEqual({ value: 'page 2', done: false })
  expect(await pages.next()).toEqual({ value: 'page 3', done: false })
  expect(await outcome(pages.next())).toEqual({ error: THERE })
  expect(await pages.next()).toEqual({ value: undefined, done: true })
})

test('what a port delivers all the same after the close is not heard', async () => {
  const port = Object.assign(new EventTarget(), {
    postMessage: () => {},
    start: () => {},
    close: () => {},
  })
  const heard: unknown[] = []
  const opened = (title: unknown): void => void heard.push(title)
  const channel = openChannel(port as unknown as PortLike, { opened })
  const deliver = (title: string) => {
    port.dispatchEvent(new MessageEvent('message', { data: pack(['notify', 'opened', title]) }))
  }

  deliver('Emma')
  channel.close()
  deliver('Persuasion')
  await quiet()

  expect(heard).toEqual(['Emma'])
})

test('a handler that ends after the close, well or badly, is heard no more', async () => {
  const late = newDeferred<string>()
  const { reader, said } = meet({ find: () => late.promise, lose: () => late.promise.then(lose) })
  const calls = [outcome(reader.call.find()), outcome(reader.call.lose())]
  await quiet()

  reader.close()
  expect(await Promise.all(calls)).toEqual([{ error: HERE }, { error: HERE }])
  await quiet()
  late.resolve('Emma')
  await quiet()

  expect(said.library).toEqual([])
})

test('the end is known before those who waited hear of it', async () => {
  const { reader } = meet({ find: (signal: AbortSignal) => whenAborted(signal) })
  const heard: string[] = []
  const call = reader.call.find(new AbortController().signal).catch(() => heard.push('the caller'))
  const closed = reader.closed.then(() => heard.push('whoever awaits `closed`'))
  await quiet()

  reader.close()
  await Promise.all([call, closed])

  expect(heard).toEqual(['whoever awaits `closed`', 'the caller'])
})

function lose(title: string): never {
  throw new Error(`${title} is lost.`)
}
