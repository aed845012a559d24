import { once } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from './fake-window.ts'
import type { Grant } from '../../templates/base/src/ports/handoff/handoff-client.ts'
import { ports } from '../../templates/base/src/ports/handoff/page.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { countListeners, newController, outcome, quiet } from './pair.ts'

let channels: MessageChannel[]
let closed: number[]

beforeEach(() => {
  channels = []
  closed = []
  page.opened.length = 0
  page.accepted.length = 0
  page.withdrawn.length = 0
})

/** Every port that a test left open is closed with its document. */
afterEach(async () => {
  page.leave()
  await quiet()
  expect(closed.toSorted()).toEqual([...channels.keys()])
})

/** A channel as main makes it. `closed` tells which of them have come to their end. */
function mint(): MessageChannel {
  const channel = new MessageChannel()
  const index = channels.push(channel) - 1
  channel.port2.on('close', () => closed.push(index))
  return channel
}

test('a page that asks gets the port that main grants', async () => {
  const granted = ports.request('jobs')
  const { port1, port2 } = mint()
  page.grant(page.opened[0], port1, 3)
  const { port, generation } = await granted

  expect(page.opened).toEqual([{ link: 'jobs', nonce: expect.stringMatching(/^[-\da-f]{36}$/) }])
  expect(generation).toBe(3)
  port2.postMessage('hello')
  expect(port).toBe(port1)
  expect(await once(port1, 'message')).toEqual(['hello'])
})

test('a port that nobody starts keeps its messages', async () => {
  const granted = ports.request('jobs')
  const { port1, port2 } = mint()
  port2.postMessage('early')
  page.grant(page.opened[0], port1)
  const { port } = await granted
  await quiet()

  const heard: unknown[] = []
  port.addEventListener('message', ({ data }) => heard.push(data))
  port.start()
  await quiet()
  expect(heard).toEqual(['early'])
})

test('every ask has a nonce of its own, and gets its own port', async () => {
  const granted = [ports.request('jobs'), ports.request('jobs')]
  const [first, second] = [mint(), mint()]
  page.grant(page.opened[1], second.port1, 2)
  page.grant(page.opened[0], first.port1, 1)
  const grants = await Promise.all(granted)
  expect(grants.map(({ generation }) => generation)).toEqual([1, 2])
  expect(grants[0]?.port).toBe(first.port1)
  expect(grants[1]?.port).toBe(second.port1)
})

test('a grant with a wrong nonce is ignored, and its port closed', async () => {
  const granted = ports.request('jobs')
  page.grant({ link: 'jobs', nonce: 'stale' }, mint().port1)
  await quiet()
  expect(closed).toEqual([0])

  const { port1 } = mint()
  page.grant(page.opened[0], port1, 2)
  expect((await granted).port).toBe(port1)
})

test('a second grant for one ask is ignored, and its port closed', async () => {
  const granted = ports.request('jobs')
  const [first, second] = [mint(), mint()]
  page.grant(page.opened[0], first.port1)
  page.grant(page.opened[0], second.port1)
  expect((await granted).port).toBe(first.port1)
  await quiet()
  expect(closed).toEqual([1])
})

test.each([
  ['a frame', {}],
  ['nobody', null],
])('a message from %s is no grant, even with the right nonce', async (_, source) => {
  const granted: MessagePort[] = []
  void ports.request('jobs').then(({ port }) => granted.push(port))
  const [ask] = page.opened
  const forged = mint()
  page.receive({ type: 'ports:grant', ...ask, generation: 1 }, forged.port1, source)
  await quiet()
  expect(granted).toHaveLength(0)

  const { port1 } = mint()
  page.grant(ask, port1)
  await quiet()
  expect(granted).toHaveLength(1)
  expect(granted[0]).toBe(port1)
  forged.port1.close()
})

test("the page's own messages are left alone, with their ports", async () => {
  const { port1 } = mint()
  for (const data of [null, 'ports:grant', {}, { type: 'grant' }]) page.receive(data, port1)
  await quiet()
  expect(closed).toEqual([])
  port1.close()
})

test('a refusal rejects with its reason', async () => {
  const granted = outcome(ports.request('jobs'))
  page.refuse(page.opened[0], 'There is no link "jobs" in src/topology.ts.')
  expect(await granted).toEqual({
    error: new PortError('refused', 'There is no link "jobs" in src/topology.ts.'),
  })
})

test('a grant without its port is one for which to ask again', async () => {
  const granted = outcome(ports.request('jobs'))
  page.receive({ type: 'ports:grant', ...page.opened[0], generation: 1 })
  expect(await granted).toEqual({
    error: new PortError('unavailable', 'Main granted the link, but the port was lost.'),
  })
})

test('a page that gave up before it asked does not ask', async () => {
  const reason = new Error('Too late.')
  expect(await outcome(ports.request('jobs', AbortSignal.abort(reason)))).toEqual({ error: reason })
  expect(page.opened).toEqual([])
})

test('a page that gives up tells main, gets the reason, and closes a port that comes later', async () => {
  const controller = newController()
  const granted = outcome(ports.request('jobs', controller.signal))
  controller.abort('too late')
  expect(page.withdrawn).toEqual([page.opened[0]?.nonce])
  page.grant(page.opened[0], mint().port1)

  expect(await granted).toEqual({ error: 'too late' })
  await quiet()
  expect(closed).toEqual([0])
})

test('a signal keeps no listener of an ask that was answered', async () => {
  const { signal } = newController()
  const granted = [ports.request('jobs', signal), outcome(ports.request('news', signal))]
  expect(countListeners(signal)).toBe(2)
  page.grant(page.opened[0], mint().port1)
  page.refuse(page.opened[1], 'No.')
  await Promise.all(granted)
  expect(countListeners(signal)).toBe(0)
})

test('a page that stops to accept tells main, once', () => {
  const stop = ports.accept('jobs', () => {})
  stop()
  stop()
  expect(page.withdrawn).toEqual([page.accepted[0]?.nonce])
})

test('a page that accepts gets a port for every page that opens', () => {
  const taken: Grant<unknown>[] = []
  const stop = ports.accept('jobs', (grant) => taken.push(grant))
  const given = [mint().port1, mint().port1, mint().port1]
  for (const [index, port] of given.entries()) page.grant(page.accepted[0], port, index + 1)

  expect(page.accepted).toHaveLength(1)
  expect(taken.map(({ generation }) => generation)).toEqual([1, 2, 3])
  for (const [index, port] of given.entries()) expect(taken[index]?.port).toBe(port)
  stop()
})

test('a page that stops accepting keeps the ports it has, and later ones are closed', async () => {
  const taken: Grant<unknown>[] = []
  const stop = ports.accept('jobs', (grant) => taken.push(grant))
  page.grant(page.accepted[0], mint().port1)
  stop()
  stop()
  page.grant(page.accepted[0], mint().port1)
  await quiet()
  expect(taken).toHaveLength(1)
  expect(closed).toEqual([1])
})

test('a page that may not accept is told on its console', () => {
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
  const stop = ports.accept('jobs', () => {})
  page.refuse(page.accepted[0], 'There is no link "jobs" in src/topology.ts.')
  expect(shown.mock.calls).toEqual([
    [new PortError('refused', 'There is no link "jobs" in src/topology.ts.')],
  ])
  shown.mockRestore()
  stop()
})

test('a page that is left closes the ports that it holds', async () => {
  const stop = ports.accept('jobs', () => {})
  page.grant(page.accepted[0], mint().port1)
  const granted = ports.request('news')
  page.grant(page.opened[0], mint().port1)
  await granted
  await quiet()
  expect(closed).toEqual([])

  page.leave()
  await quiet()
  expect(closed.toSorted()).toEqual([0, 1])
  stop()
})

test.each(['pagehide', 'visibilitychange', 'unload'])(
  'the last words that a page has at its %s arrive, and then its ports close',
  async (type) => {
    const granted = ports.request('jobs')
    const { port1, port2 } = mint()
    page.grant(page.opened[0], port1)
    const { port } = await granted
    const heard: unknown[] = []
    port2.on('message', (words) => heard.push(words))
    port2.on('close', () => heard.push('closed'))
    page.addEventListener(type, () => port.postMessage('goodbye'), { once: true })
    page.leave()
    await quiet()
    expect(heard).toEqual(['goodbye', 'closed'])
  },
)

test('who asks in vain is told on its console for whom it waits, while it waits', () => {
  const shown = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const stop = ports.accept('jobs', () => {})
  const nonce = page.accepted[0]?.nonce
  page.receive({ type: 'ports:waiting', nonce, reason: 'Nobody is there.' })
  stop()
  page.receive({ type: 'ports:waiting', nonce, reason: 'Nobody is there.' })
  expect(shown.mock.calls).toEqual([['Nobody is there.']])
  shown.mockRestore()
})

test('a page asks anew for a node that is down as its caller wishes', () => {
  const controller = newController()
  void outcome(ports.request('jobs', controller.signal, { again: true }))
  expect(page.opened).toEqual([{ link: 'jobs', nonce: expect.any(String), again: true }])
  controller.abort()
})
