import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from './fake-window.ts'
import { type Channel, openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { type PagePorts, ports as ownPorts } from '../../templates/base/src/ports/handoff/page.ts'
import { Link, type Peer, serve } from '../../templates/base/src/ports/link.ts'
import { ownKey } from '../../templates/base/src/ports/own-key.ts'
import { outcome, quiet } from './pair.ts'

interface Docs {
  whoAmI(): Promise<string>
}

/** A document, of which there are many, which others ask who is asking, and which asks them. */
type OfDocument = Record<
  string,
  { asks: Docs; serves: object; peer: { node: string; key: string } }
>
const ports: PagePorts<{ opens: OfDocument; accepts: Record<string, Served>; key: string }> =
  ownPorts
type Served = { asks: object; serves: Docs; peer: { node: string; key: string } }

let opened: Channel<Docs>[]

beforeEach(() => {
  opened = []
  page.opened.length = 0
  page.accepted.length = 0
})

afterEach(async () => {
  for (const channel of opened) channel.close()
  await quiet()
})

/** Main gives the page that serves a port to a member. Returns the member's end. */
function join(key: string | undefined, generation: number): Channel<Docs> {
  const { port1, port2 } = new MessageChannel()
  const [ask] = page.accepted
  const grant = { type: 'ports:grant', link: 'docs', nonce: ask?.nonce, toProcess: false }
  page.receive({ ...grant, generation, peer: { node: 'document', key } }, port1)
  const channel = openChannel<Docs>(port2)
  opened.push(channel)
  return channel
}

test('who serves a link makes handlers for each that opens it, and each is answered by its own', async () => {
  const stop = serve(ports, 'docs', ({ node, key }) => ({ whoAmI: async () => `${node} ${key}` }))
  const members = ['1', '2', '__proto__', ''].map((key, nth) => join(key, nth))
  const answers = await Promise.all(members.map(({ call }) => call.whoAmI()))
  expect(answers).toEqual(['document 1', 'document 2', 'document __proto__', 'document '])
  stop()
})

test('a member comes again as another peer, and of the one before it is known that it has gone', async () => {
  const peers: Peer[] = []
  const stop = serve(ports, 'docs', (peer) => {
    peers.push(peer)
    return { whoAmI: async () => peer.key }
  })
  join('1', 1).close('it is closed.')
  await quiet()
  const again = join('1', 2)
  const other = join('2', 3)
  expect(peers.map(({ key, gone }) => [key, gone.aborted])).toEqual([
    ['1', true],
    ['1', false],
    ['2', false],
  ])
  expect(peers[0]?.gone.reason).toEqual(
    new PortError('closed', 'The other end closed the port: it is closed.'),
  )
  expect(await Promise.all([again.call.whoAmI(), other.call.whoAmI()])).toEqual(['1', '2'])
  stop()
  await quiet()
  expect(peers.map(({ gone }) => gone.aborted)).toEqual([true, true, true])
})

test('who serves can ask each peer in turn, and knows which one that is', async () => {
  const asked: unknown[] = []
  const onChannel = (channel: Channel<object>, { key }: Peer): unknown => asked.push([channel, key])
  const stop = serve(ports, 'docs', { whoAmI: async () => 'one of many' }, { onChannel })
  const members = [join('1', 1), join('2', 2)]
  expect(await Promise.all(members.map(({ call }) => call.whoAmI()))).toEqual([
    'one of many',
    'one of many',
  ])
  expect(asked.map((each) => (each as unknown[])[1])).toEqual(['1', '2'])
  stop()
})

test('handlers that cannot be made fail that one peer, which is shown', async () => {
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
  const error = new Error('There is no such document.')
  const stop = serve(ports, 'docs', ({ key }) => {
    if (key === '1') throw error
    return { whoAmI: async () => key }
  })
  const refused = join('1', 1)
  expect(await join('2', 2).call.whoAmI()).toBe('2')
  expect((await refused.closed).code).toBe('closed')
  expect(shown.mock.calls).toEqual([['A listener of the link "docs" failed:', error]])
  shown.mockRestore()
  stop()
})

test('a link to one of many asks for that one, again and again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const docs = new Link(ports, 'view', {}, { to: '7' })
  const { port1, port2 } = new MessageChannel()
  page.grant(page.opened[0], port1)
  port2.close()
  await quiet()
  await quiet()
  vi.advanceTimersByTime(50)
  vi.useRealTimers()
  expect(page.opened).toMatchObject([
    { link: 'view', to: '7' },
    { link: 'view', to: '7' },
  ])
  docs.close()
})

test('one of many is told its key by main, over a port that is closed', async () => {
  const key = ownKey(ports)
  expect(page.opened).toMatchObject([{ link: 'ports:own-key' }])
  const { port1, port2 } = new MessageChannel()
  const closed = new Promise((resolve) => port2.once('close', resolve))
  const [ask] = page.opened
  page.receive(
    { type: 'ports:grant', ...ask, generation: 0, peer: { node: 'document', key: 'a b' } },
    port1,
  )
  expect(await key).toBe('a b')
  await closed
})

test('a page that has no key is told so', async () => {
  const key = outcome(ownKey(ports))
  page.refuse(page.opened[0], 'There is no such link.')
  expect(await key).toEqual({ error: new PortError('refused', 'There is no such link.') })
})
