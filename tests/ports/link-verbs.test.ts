import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from './fake-window.ts'
import { type Channel, openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { type PagePorts, ports as ownPorts } from '../../templates/base/src/ports/handoff/page.ts'
import { Link, serve } from '../../templates/base/src/ports/link.ts'
import { countListeners, newController, newDeferred, outcome, quiet, readAll } from './pair.ts'

interface Jobs {
  paint(photo: string, signal?: AbortSignal): Promise<string>
  colours(): AsyncIterable<string>
  shown(photo: string): void
}

const ports: PagePorts<{
  opens: { jobs: { asks: Jobs; serves: object } }
  accepts: { jobs: { asks: { name(): Promise<string> }; serves: object } }
}> = ownPorts

let jobs: Link<Jobs>
let worker: Channel<object> | undefined
let seen: string[]
let gate: ReturnType<typeof newDeferred<void>>

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  page.opened.length = 0
  seen = []
  gate = newDeferred()
  worker = undefined
  jobs = new Link(ports, 'jobs')
})

afterEach(async () => {
  gate.resolve()
  jobs.close()
  await quiet()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

/** Main gives this page its port, and a worker the other. */
async function connect(generation = 1): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  worker = openChannel(port2, {
    async paint(photo: string) {
      seen.push(photo)
      if (photo === 'a whale') await gate.promise
      return `${photo}, painted`
    },
    async *colours() {
      yield* ['red', 'blue']
    },
    shown: (photo: string) => void seen.push(`${photo} was shown`),
  })
  page.grant(page.opened.at(-1), port1, generation)
  await quiet()
}

async function lose(): Promise<void> {
  worker?.close()
  await quiet()
}

/** Until the link has asked for its next port. */
const pause = () => vi.advanceTimersByTimeAsync(50)

test('a link that is connected is asked like its channel', async () => {
  await connect()
  expect(await jobs.call.paint('a dog')).toBe('a dog, painted')
  expect(await readAll(jobs.stream.colours())).toEqual(['red', 'blue', 'end'])
  jobs.notify.shown('a dog')
  await quiet()
  expect(seen).toEqual(['a dog', 'a dog was shown'])
})

test('what is asked before there is a channel is asked on the first, in order', async () => {
  const answers = [jobs.call.paint('a dog'), jobs.call.paint('a cat')]
  const colours = readAll(jobs.stream.colours())
  await quiet()
  await connect()
  expect(await Promise.all(answers)).toEqual(['a dog, painted', 'a cat, painted'])
  expect(await colours).toEqual(['red', 'blue', 'end'])
  expect(seen).toEqual(['a dog', 'a cat'])
})

test('a call that was lost is not sent again, one made while the link is lost is sent once', async () => {
  await connect(1)
  const lost = outcome(jobs.call.paint('a whale'))
  await quiet()
  await lose()
  expect(await lost).toMatchObject({ error: { code: 'closed' } })

  const waiting = jobs.call.paint('a dog')
  await pause()
  await connect(2)
  expect(await waiting).toBe('a dog, painted')
  expect(seen).toEqual(['a whale', 'a dog'])
})

test('a call made while the link is lost fails at once where its caller chose so', async () => {
  const impatient = jobs.with({ whileLost: 'fail' })
  const error = new PortError('closed', 'The link "jobs" has no port at the moment.')
  expect(await outcome(impatient.call.paint('a dog'))).toEqual({ error })
  expect(await readAll(impatient.stream.colours())).toEqual([error])
  await connect()
  expect(await impatient.call.paint('a dog')).toBe('a dog, painted')
  await lose()
  expect(await outcome(impatient.call.paint('a cat'))).toEqual({ error })
  await pause()
  await connect(2)
  expect(seen).toEqual(['a dog'])
})

test('a notification has nobody to wait: without a channel it is refused', async () => {
  const error = new PortError('closed', 'The link "jobs" has no port at the moment.')
  expect(() => jobs.notify.shown('a dog')).toThrow(error)
  await connect()
  jobs.notify.shown('a cat')
  await quiet()
  expect(seen).toEqual(['a cat was shown'])
})

test('waiting for a channel counts toward the timeout of a call', async () => {
  const patient = jobs.with({ timeout: 1000 })
  const tooLate = outcome(patient.call.paint('a dog'))
  const stuck = outcome(patient.call.paint('a whale'))
  await vi.advanceTimersByTimeAsync(999)
  const inTime = outcome(patient.call.paint('a cat'))
  await vi.advanceTimersByTimeAsync(1)
  expect(await tooLate).toMatchObject({ error: { code: 'timeout' } })
  expect(await stuck).toMatchObject({ error: { code: 'timeout' } })

  await connect()
  expect(await inTime).toEqual({ value: 'a cat, painted' })

  const slow = outcome(patient.call.paint('a whale'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(await slow).toMatchObject({ error: { code: 'timeout' } })
  expect(seen).toEqual(['a cat', 'a whale'])
})

test('what is left of the timeout when the channel comes is all the answer has', async () => {
  const slow = outcome(jobs.with({ timeout: 1000 }).call.paint('a whale'))
  await vi.advanceTimersByTimeAsync(600)
  await connect()
  await vi.advanceTimersByTimeAsync(399)
  expect(await Promise.race([slow, 'waits'])).toBe('waits')
  await vi.advanceTimersByTimeAsync(1)
  expect(await slow).toMatchObject({ error: { code: 'timeout' } })
})

test('a signal ends the wait for a channel, among the arguments or among the terms', async () => {
  const controllers = [newController(), newController()] as const
  const waiting = [
    outcome(jobs.call.paint('a dog', controllers[0].signal)),
    outcome(jobs.with({ signal: controllers[1].signal }).call.paint('a cat')),
  ]
  for (const controller of controllers) controller.abort('never mind')
  expect(await Promise.all(waiting)).toEqual([{ error: 'never mind' }, { error: 'never mind' }])
  await connect()
  expect(seen).toEqual([])
  expect(controllers.map(({ signal }) => countListeners(signal))).toEqual([0, 0])
})

test('a link asks again later when there is no port at the moment', async () => {
  const waiting = jobs.call.paint('a dog')
  page.refuse(page.opened.at(-1), '"app" asks for more ports than it can need.', 'unavailable')
  await quiet()
  expect(jobs.state).toBe('connecting')
  expect(page.opened).toHaveLength(1)
  await pause()
  expect(page.opened).toHaveLength(2)
  await connect()
  expect(await waiting).toBe('a dog, painted')
})

test('whatever is asked of a link that was refused fails with the refusal', async () => {
  const waiting = outcome(jobs.call.paint('a dog'))
  page.refuse(page.opened.at(-1), 'There is no link "jobs" in src/topology.ts.')
  const error = new PortError('refused', 'There is no link "jobs" in src/topology.ts.')
  expect(await waiting).toEqual({ error })
  expect(await outcome(jobs.call.paint('a cat'))).toEqual({ error })
})

test('who serves may ask whoever opened the link', async () => {
  const names: string[] = []
  serve(
    ports,
    'jobs',
    {},
    {
      onChannel: (channel) => void channel.call.name().then((name) => names.push(name)),
    },
  )
  const { port1, port2 } = new MessageChannel()
  page.grant(page.accepted.at(-1), port1)
  const client = openChannel(port2, { name: async () => 'the page' })
  await quiet()
  expect(names).toEqual(['the page'])
  client.close()
})
