import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from './fake-window.ts'
import { type Channel, openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { type PagePorts, ports as ownPorts } from '../../templates/base/src/ports/handoff/page.ts'
import { Link, serve } from '../../templates/base/src/ports/link.ts'
import { countListeners, newDeferred, outcome, quiet } from './pair.ts'

/** What the worker serves to the page. */
interface Jobs {
  paint(photo: string): Promise<string>
}

type Worker = Record<string, { asks: Jobs; serves: object }>
const ports: PagePorts<{ opens: Worker; accepts: Worker }> = ownPorts

const link = (name = 'jobs', handlers?: object): Link<Jobs> => {
  const onChannel = (channel: Channel<Jobs>): unknown => channels.push(channel)
  const made = new Link(ports, name, handlers, { onChannel })
  links.push(made)
  return made
}

let links: Link<Jobs>[]
/** What the links have given to be spoken over. */
let channels: Channel<Jobs>[]
let workers: Channel<object>[]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  links = []
  channels = []
  workers = []
  page.opened.length = 0
  page.accepted.length = 0
})

/** A link that was closed leaves no timer, no port and no ask that it still waits for. */
afterEach(async () => {
  for (const made of links) made.close()
  await quiet()
  expect(vi.getTimerCount()).toBe(0)
  expect(links.map(({ state }) => state)).not.toContain('connected')
  await Promise.all(workers.map(({ closed }) => closed))
  vi.useRealTimers()
})

/** Main gives the page that asked last a port to a worker. Returns the worker's end. */
async function connect(
  generation = 1,
  jobs: Jobs = { paint: async (photo) => `${photo}, painted` },
): Promise<Channel<object>> {
  const { port1, port2 } = new MessageChannel()
  const worker = openChannel<object>(port2, jobs)
  workers.push(worker)
  page.grant(page.opened.at(-1), port1, generation)
  await quiet()
  return worker
}

/** The states of a link, from now on. */
function watch(watched: Link<Jobs>): string[] {
  const seen = [watched.state as string]
  watched.onChange(() => seen.push(`${watched.state} ${watched.generation}`))
  return seen
}

test('a link asks for its port at once, and gives its channel when it comes', async () => {
  const jobs = link()
  const seen = watch(jobs)
  expect(page.opened).toMatchObject([{ link: 'jobs' }])
  expect(channels).toEqual([])

  await connect(7)

  expect(channels).toHaveLength(1)
  expect(await channels[0]?.call.paint('a dog')).toBe('a dog, painted')
  expect(seen).toEqual(['connecting', 'connected 7'])
})

test('what is asked after main said that the other end is gone waits for the next port', async () => {
  const jobs = link()
  const stuck = newDeferred<string>()
  await connect(1, { paint: () => stuck.promise })
  const seen = watch(jobs)
  const before = outcome(jobs.call.paint('Emma'))
  await quiet()
  page.receive({ type: 'ports:gone', nonce: page.opened.at(-1)?.nonce, generation: 1 })
  await quiet()
  const after = outcome(jobs.call.paint('Ada'))
  await vi.advanceTimersByTimeAsync(50)
  await connect(2)
  expect(await after).toEqual({ value: 'Ada, painted' })

  stuck.resolve('Emma, painted at last')
  expect(await before).toEqual({ value: 'Emma, painted at last' })
  await vi.advanceTimersByTimeAsync(1000)
  expect(seen).toEqual(['connected', 'lost 1', 'connected 2'])
})

test('a link serves its handlers on every channel', async () => {
  link('jobs', { name: async () => 'the page' })
  for (const generation of [1, 2]) {
    const worker = await connect(generation)
    const { call } = worker as unknown as Channel<{ name(): Promise<string> }>
    expect(await call.name()).toBe('the page')
    worker.close()
    await quiet()
    await vi.advanceTimersByTimeAsync(50)
  }
})

test('a link that lost its channel gets another, of a later generation', async () => {
  const jobs = link()
  const seen = watch(jobs)
  const worker = await connect(1)

  worker.close()
  await quiet()
  await vi.advanceTimersByTimeAsync(50)
  await connect(2)

  const [first, next] = channels
  expect(await next?.call.paint('a dog')).toBe('a dog, painted')
  expect(await outcome(first!.call.paint('a dog'))).toMatchObject({ error: { code: 'closed' } })
  jobs.close()
  await quiet()
  expect(seen).toEqual(['connecting', 'connected 1', 'lost 1', 'connected 2', 'closed 2'])
})

test.each([
  ['the other end closes', (worker: Channel<object>) => worker.close()],
  ['this end closes the channel', () => channels[0]?.close()],
])('who tries again at once when %s gets the next channel', async (_, close) => {
  const jobs = link()
  const worker = await connect(1, { paint: () => newDeferred<string>().promise })
  const failed = jobs.call.paint('a dog')
  const retried = failed.catch(() => jobs.call.paint('a dog'))
  await quiet()

  close(worker)
  await quiet()
  await vi.advanceTimersByTimeAsync(50)
  await connect(2)

  expect(await outcome(failed)).toMatchObject({ error: { code: 'closed' } })
  expect(await retried).toBe('a dog, painted')
})

test('the pauses before a port is asked for again grow up to two seconds', async () => {
  link()
  const pauses: number[] = []
  for (let generation = 1; generation <= 8; generation++) {
    const worker = await connect(generation)
    worker.close()
    await quiet()
    const lostAt = performance.now()
    await vi.advanceTimersToNextTimerAsync()
    pauses.push(performance.now() - lostAt)
    expect(page.opened).toHaveLength(generation + 1)
  }
  expect(pauses).toEqual([50, 100, 200, 400, 800, 1600, 2000, 2000])
})

test('a channel that held for long is asked for again after the first pause', async () => {
  link()
  for (const generation of [1, 2, 3]) {
    const worker = await connect(generation)
    await vi.advanceTimersByTimeAsync(generation === 3 ? 5001 : 0)
    worker.close()
    await quiet()
    await vi.advanceTimersByTimeAsync(generation === 2 ? 100 : 50)
    expect(page.opened).toHaveLength(generation + 1)
  }
})

test('a link keeps no listener of the channels and the pauses that it had', async () => {
  const made: AbortSignal[] = []
  vi.stubGlobal(
    'AbortController',
    class extends AbortController {
      constructor() {
        super()
        made.push(this.signal)
      }
    },
  )
  link()
  const counts: number[] = []
  const count = () => counts.push(made.reduce((sum, signal) => sum + countListeners(signal), 0))
  for (const generation of [1, 2, 3]) {
    count() // it waits for a port
    const worker = await connect(generation)
    count() // it waits for main to see the end of its port
    worker.close()
    await quiet()
    count() // it pauses
    await vi.advanceTimersByTimeAsync(200)
  }
  vi.unstubAllGlobals()
  expect(counts).toEqual([1, 1, 0, 1, 1, 0, 1, 1, 0])
})

const DOWN = '"worker" has failed too often, and stays down until it is tried again.'

/** Main says so to the page that asked last. */
async function tellDown(): Promise<void> {
  page.refuse(page.opened.at(-1), DOWN, 'down')
  await quiet()
}

test('a link whose other end stays down says so, and whatever waits or is asked fails with the reason', async () => {
  const jobs = link()
  const seen = watch(jobs)
  const error = new PortError('down', DOWN)
  const waiting = outcome(jobs.call.paint('a dog'))
  await tellDown()
  expect(await waiting).toEqual({ error })
  expect(await outcome(jobs.call.paint('a cat'))).toEqual({ error })
  for (let time = 0; time < 3; time++) {
    await vi.advanceTimersToNextTimerAsync()
    await tellDown()
  }
  expect(page.opened).toHaveLength(4)
  expect(page.opened.some(({ again }) => again)).toBe(false)
  expect(seen).toEqual(['connecting', 'down 0'])
})

test('a link whose other end is there again after all is connected by itself', async () => {
  const jobs = link()
  const seen = watch(jobs)
  await connect(1)
  workers[0]?.close()
  await quiet()
  await vi.advanceTimersByTimeAsync(50)
  await tellDown()
  await vi.advanceTimersToNextTimerAsync()
  await connect(2)
  expect(await jobs.call.paint('a dog')).toBe('a dog, painted')
  expect(seen).toEqual(['connecting', 'connected 1', 'lost 1', 'down 1', 'connected 2'])
})

test('a link that is down can be tried again: main is asked to, and what is asked then waits', async () => {
  const jobs = link()
  const seen = watch(jobs)
  await tellDown()
  jobs.retry()
  const waiting = jobs.call.paint('a dog')
  expect(page.opened.map(({ again }) => again)).toEqual([undefined, true])
  jobs.retry()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(page.opened).toHaveLength(2)
  await connect()
  expect(await waiting).toBe('a dog, painted')
  expect(seen).toEqual(['connecting', 'down 0', 'connecting 0', 'connected 1'])
})

test('a link that is tried again in vain is down again, and can be tried once more', async () => {
  const jobs = link()
  await tellDown()
  jobs.retry()
  const waiting = outcome(jobs.call.paint('a dog'))
  await tellDown()
  expect(await waiting).toMatchObject({ error: { code: 'down' } })
  expect(jobs.state).toBe('down')
  jobs.retry()
  await connect()
  expect(jobs.state).toBe('connected')
})

test.each(['connecting', 'connected', 'lost', 'refused', 'closed'])(
  'a link that is not down (%s) is not tried again',
  async (state) => {
    const jobs = link()
    if (state === 'connected' || state === 'lost') await connect()
    if (state === 'lost') workers[0]?.close()
    if (state === 'refused') page.refuse(page.opened[0], 'No.')
    if (state === 'closed') jobs.close()
    await quiet()
    expect(jobs.state).toBe(state)
    jobs.retry()
    expect(jobs.state).toBe(state)
    expect(page.opened).toHaveLength(1)
  },
)

test('a link that is closed while it is down asks for nothing more', async () => {
  const jobs = link()
  await tellDown()
  jobs.close()
  jobs.retry()
  expect([jobs.state, page.opened.length, vi.getTimerCount()]).toEqual(['closed', 1, 0])
})

test('a link that is refused says why, and does not ask again', async () => {
  const jobs = link()
  const seen = watch(jobs)
  const waiting = outcome(jobs.call.paint('a dog'))
  page.refuse(page.opened[0], 'There is no link "jobs" in src/topology.ts.')

  const error = new PortError('refused', 'There is no link "jobs" in src/topology.ts.')
  expect(await waiting).toEqual({ error })
  expect(await outcome(jobs.call.paint('a dog'))).toEqual({ error })
  expect(seen).toEqual(['connecting', 'refused 0'])
  expect(page.opened).toHaveLength(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('a link that nobody asks for its channel may be refused in peace', async () => {
  link()
  page.refuse(page.opened[0], 'No.')
  await quiet()
  expect(page.opened).toHaveLength(1)
})

const CLOSED = new PortError('closed', 'This end closed the port: the link "jobs" is closed.')

test('closing a link that waits for its port ends the wait', async () => {
  const jobs = link()
  const seen = watch(jobs)
  const waiting = outcome(jobs.call.paint('a dog'))
  jobs.close()
  jobs.close()
  expect(await waiting).toEqual({ error: CLOSED })
  expect(await outcome(jobs.call.paint('a dog'))).toEqual({ error: CLOSED })
  expect(seen).toEqual(['connecting', 'closed 0'])
})

test('closing a link closes its channel, and both ends learn of it', async () => {
  const jobs = link()
  const seen = watch(jobs)
  const worker = await connect(1, { paint: () => newDeferred<string>().promise })
  const pending = outcome(jobs.call.paint('a dog'))

  jobs.close()

  expect(await pending).toMatchObject({ error: { code: 'closed' } })
  expect(await worker.closed).toMatchObject({ code: 'closed' })
  expect(await outcome(jobs.call.paint('a dog'))).toEqual({ error: CLOSED })
  expect(seen).toEqual(['connecting', 'connected 1', 'closed 1'])
})

test('closing a link that pauses ends the pause', async () => {
  const jobs = link()
  const seen = watch(jobs)
  const worker = await connect(1)
  worker.close()
  await quiet()
  const waiting = outcome(jobs.call.paint('a dog'))
  expect(vi.getTimerCount()).toBe(1)

  jobs.close()

  expect(await waiting).toEqual({ error: CLOSED })
  expect(vi.getTimerCount()).toBe(0)
  expect(seen).toEqual(['connecting', 'connected 1', 'lost 1', 'closed 1'])
  expect(page.opened).toHaveLength(1)
})

test('closing a link as its port comes in closes the port', async () => {
  const jobs = link()
  const connected = connect()
  jobs.close()
  expect(await (await connected).closed).toMatchObject({ code: 'closed' })
  expect(jobs.state).toBe('closed')
})

test('a listener that fails is shown, and stops neither the link nor the other listeners', async () => {
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
  const jobs = link()
  const error = new Error('The badge is gone.')
  jobs.onChange(() => {
    throw error
  })
  const seen = watch(jobs)
  const worker = await connect()
  expect(await jobs.call.paint('a dog')).toBe('a dog, painted')
  worker.close()
  await quiet()

  expect(seen).toEqual(['connecting', 'connected 1', 'lost 1'])
  expect(shown.mock.calls).toEqual([
    ['A listener of the link "jobs" failed:', error],
    ['A listener of the link "jobs" failed:', error],
  ])
  jobs.close()
  await quiet()
  shown.mockRestore()
})

test('a listener that was taken back hears no more', async () => {
  const jobs = link()
  const listener = vi.fn<() => void>()
  const stop = jobs.onChange(listener)
  stop()
  stop()
  await connect()
  expect(listener).not.toHaveBeenCalled()
})

test('who serves a link answers every page that opens it', async () => {
  const stop = serve(ports, 'jobs', { paint: async (photo: string) => `${photo}, painted` })
  for (const photo of ['a dog', 'a cat']) {
    const { port1, port2 } = new MessageChannel()
    page.grant(page.accepted[0], port1)
    const client = openChannel<Jobs>(port2)
    expect(await client.call.paint(photo)).toBe(`${photo}, painted`)
    client.close()
  }
  stop()
  expect(page.accepted).toMatchObject([{ link: 'jobs' }])
})

/** A client of whoever serves here, on a port that main has given. */
function newClient(options?: object): [Channel<Jobs>, () => void] {
  const stop = serve(
    ports,
    'jobs',
    { paint: async (photo: string) => `${photo}, painted` },
    options,
  )
  const { port1, port2 } = new MessageChannel()
  page.grant(page.accepted.at(-1), port1)
  return [openChannel<Jobs>(port2), stop]
}

test.each([undefined, 'close'])('who stops serving ends its channels (%s)', async (whenStopped) => {
  const [client, stop] = newClient({ whenStopped })
  expect(await client.call.paint('a dog')).toBe('a dog, painted')
  stop()
  stop()
  const words = 'The other end closed the port: the link "jobs" is no longer served.'
  expect(await client.closed).toEqual(new PortError('closed', words))
})

test('who stops serving may leave its channels to their own end', async () => {
  const [client, stop] = newClient({ whenStopped: 'leave' })
  stop()
  expect(await client.call.paint('a dog')).toBe('a dog, painted')
  client.close()
})

test('a link whose server stops is lost, and connected to the next', async () => {
  const jobs = link()
  const seen = watch(jobs)
  const stop = serve(ports, 'jobs', { paint: async () => 'painted by the first' })
  const { port1, port2 } = new MessageChannel()
  page.grant(page.accepted[0], port1)
  page.grant(page.opened.at(-1), port2)
  await quiet()
  expect(await jobs.call.paint('a dog')).toBe('painted by the first')
  stop()
  await quiet()
  await vi.advanceTimersByTimeAsync(50)
  await connect(2)
  expect(await jobs.call.paint('a dog')).toBe('a dog, painted')
  expect(seen).toEqual(['connecting', 'connected 1', 'lost 1', 'connected 2'])
})

test('a link whose onChannel fails goes on: that is shown, and the next port is asked for', async () => {
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
  const error = new Error('The book is closed.')
  const onChannel = vi.fn<() => void>(() => {
    throw error
  })
  const jobs = new Link(ports, 'jobs', {}, { onChannel })
  links.push(jobs)
  for (const generation of [1, 2]) {
    const worker = await connect(generation)
    expect(await jobs.call.paint('a dog')).toBe('a dog, painted')
    worker.close()
    await quiet()
    expect(jobs.state).toBe('lost')
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(page.opened).toHaveLength(3)
  expect(shown.mock.calls).toEqual(
    [1, 2].map(() => ['A listener of the link "jobs" failed:', error]),
  )
  shown.mockRestore()
})

test('a link that is closed as it is lost asks for nothing more', async () => {
  const jobs = link()
  jobs.onChange(() => jobs.state === 'lost' && jobs.close())
  const worker = await connect()
  worker.close()
  await quiet()
  expect([jobs.state, vi.getTimerCount()]).toEqual(['closed', 0])
})

test('a link that is closed as it is connected gives no channel, and says so once', async () => {
  const jobs = link()
  jobs.onChange(() => jobs.state === 'connected' && jobs.close())
  const seen = watch(jobs)
  await connect()
  expect(channels).toEqual([])
  expect(seen).toEqual(['connecting', 'closed 1'])
})

test('a link that is closed by whatever its close stops is closed once', async () => {
  const jobs = link('jobs', {
    wait: (signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          jobs.close()
          resolve()
        })
      }),
  })
  const worker = await connect()
  const seen = watch(jobs)
  const { call } = worker as unknown as Channel<{ wait(signal: AbortSignal): Promise<void> }>
  const waiting = outcome(call.wait(new AbortController().signal))
  await quiet()
  jobs.close()
  expect(await waiting).toMatchObject({ error: { code: 'closed' } })
  expect(seen).toEqual(['connected', 'closed 1'])
})
