import { EventEmitter } from 'node:events'
import type * as electron from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Broker } from '../../templates/base/src/ports/handoff/broker.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { Pages } from '../../templates/base/src/ports/handoff/pages.ts'
import { admitUtility } from '../../templates/base/src/ports/handoff/utilities.ts'
import { FakeContents, ORIGIN, channels, ipcMain } from './fake-electron.ts'
import { outcome } from './pair.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

const links = {
  files: { from: 'app', to: 'main' },
  news: { from: 'main', to: 'app' },
  hashes: { from: 'app', to: 'hasher' },
  logs: { from: 'hasher', to: 'main' },
}

/** A utility process, as main sees it. */
class FakeChild extends EventEmitter {
  readonly received: { message: Record<string, unknown>; ports: unknown[] }[] = []
  postMessage = (message: Record<string, unknown>, ports: unknown[] = []): void =>
    void this.received.push({ message, ports })

  send(data: unknown): void {
    this.emit('message', data)
  }
}

const gone = expect.any(AbortSignal)

let broker: Broker
let app: FakeContents
let child: FakeChild
let log: unknown[]

beforeEach(() => {
  channels.length = 0
  log = []
  vi.spyOn(console, 'warn').mockImplementation((line) => log.push(line))
  broker = new Broker(links)
  app = new FakeContents()
  new Pages(broker).admit('app', app.contents, ORIGIN)
  child = startChild()
})

afterEach(() => {
  ipcMain.removeAllListeners()
  vi.restoreAllMocks()
})

function startChild(): FakeChild {
  const started = new FakeChild()
  admitUtility(broker, 'hasher', started as unknown as electron.UtilityProcess)
  return started
}

test('main accepts a link as any node does, and both ends know who is a page', async () => {
  const taken: unknown[] = []
  broker.portsOf('main').accept('files', (grant) => taken.push(grant))
  app.send('ports:open', { link: 'files', nonce: 'a' })
  await Promise.resolve()

  const peer = { node: 'app' }
  expect(taken).toEqual([{ port: channels[0]?.port1, generation: 1, toProcess: false, peer, gone }])
  expect(app.received.map(({ message }) => message)).toEqual([
    {
      type: 'ports:grant',
      link: 'files',
      nonce: 'a',
      generation: 1,
      toProcess: true,
      peer: { node: 'main' },
    },
  ])
})

test('main opens a link as any node does, and may give up', async () => {
  const ports = broker.portsOf('main')
  const controller = new AbortController()
  const given = outcome(ports.request('news', controller.signal))
  controller.abort('too late')
  expect(await given).toEqual({ error: 'too late' })

  const asked = ports.request('news')
  app.send('ports:accept', { link: 'news', nonce: 'a' })
  const peer = { node: 'app' }
  expect(await asked).toEqual({
    port: channels[0]?.port2,
    generation: 1,
    toProcess: false,
    peer,
    gone,
  })
  expect(channels).toHaveLength(1)
})

test('main gets its port also when the other end is there already, and can give up in that very moment', async () => {
  const ports = broker.portsOf('main')
  app.send('ports:accept', { link: 'news', nonce: 'a' })
  const controller = new AbortController()
  expect(await ports.request('news', controller.signal)).toMatchObject({ generation: 1 })

  const late = outcome(ports.request('news', controller.signal))
  controller.abort('too late')
  expect(await late).toEqual({ error: 'too late' })
  expect(channels.map(({ port2 }) => port2.isClosed)).toEqual([false, true])
})

test('what fails in main when it takes a port is shown, and the port is closed', async () => {
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
  const error = new Error('The desk is closed.')
  broker.portsOf('main').accept('files', () => {
    throw error
  })
  app.send('ports:open', { link: 'files', nonce: 'a' })
  await Promise.resolve()
  expect(shown).toHaveBeenCalledWith('A listener of the link "files" failed:', error)
  expect(channels[0]?.port1.isClosed).toBe(true)
})

test('main keeps to src/topology.ts like the others', async () => {
  const reason =
    'The link "hashes" goes from "app" to "hasher" in src/topology.ts: "main" is not its "from".'
  expect(await outcome(broker.portsOf('main').request('hashes'))).toEqual({
    error: new PortError('refused', reason),
  })
  expect(log).toEqual([`A port was refused. ${reason}`])
})

test('a utility process gets its end, as a message with a port', () => {
  child.send({ type: 'ports:accept', link: 'hashes', nonce: 'h' })
  app.send('ports:open', { link: 'hashes', nonce: 'a' })

  const grant = { type: 'ports:grant', link: 'hashes', generation: 1 }
  expect(child.received).toEqual([
    {
      message: { ...grant, nonce: 'h', toProcess: false, peer: { node: 'app' } },
      ports: [channels[0]?.port1],
    },
  ])
  expect(app.received.map(({ message }) => message)).toEqual([
    { ...grant, nonce: 'a', toProcess: true, peer: { node: 'hasher' } },
  ])
})

test('a utility process and main are joined like any two nodes', async () => {
  const taken: unknown[] = []
  child.send({ type: 'ports:open', link: 'logs', nonce: 'h' })
  broker.portsOf('main').accept('logs', (grant) => taken.push(grant))
  await Promise.resolve()
  const peer = { node: 'hasher' }
  expect(taken).toEqual([{ port: channels[0]?.port1, generation: 1, toProcess: true, peer, gone }])
  expect(child.received[0]?.message).toMatchObject({ nonce: 'h', toProcess: true })
})

test.each([
  ['a link that is none', { type: 'ports:open', link: 'gossip', nonce: 'h' }, 1],
  ['the wrong end', { type: 'ports:open', link: 'hashes', nonce: 'h' }, 1],
  ['a malformed request', { type: 'ports:open', link: 1, nonce: 'h' }, 0],
])('a utility process that asks for %s is refused', (_, message, answers) => {
  child.send(message)
  expect(child.received).toHaveLength(answers)
  for (const { message: reply } of child.received) {
    expect(reply).toMatchObject({ type: 'ports:refuse', code: 'refused', nonce: 'h' })
  }
  expect(log).toHaveLength(1)
})

test.each([
  null,
  undefined,
  'ports:open',
  1,
  [],
  { type: 'ports:grant' },
  { type: 'ports:withdraw' },
])('what a utility process says beside the hand-off is not heard: %j', (data) => {
  child.send(data)
  expect(child.received).toEqual([])
  expect(log).toEqual([])
})

test('a utility process that is about to be killed is given no port any more', () => {
  const dying = new FakeChild()
  const dismiss = admitUtility(broker, 'hasher', dying as unknown as electron.UtilityProcess)
  dying.send({ type: 'ports:accept', link: 'hashes', nonce: 'h' })
  app.send('ports:open', { link: 'hashes', nonce: 'a' })
  dismiss()
  dying.send({ type: 'ports:accept', link: 'hashes', nonce: 'i' })
  app.send('ports:open', { link: 'hashes', nonce: 'b' })
  dying.emit('exit')

  expect(dying.received).toHaveLength(1)
  expect(app.received.map(({ message }) => message)).toEqual([
    expect.objectContaining({ type: 'ports:grant', nonce: 'a' }),
    { type: 'ports:gone', nonce: 'a', generation: 1 },
  ])
  child.send({ type: 'ports:accept', link: 'hashes', nonce: 'j' })
  expect(app.received.at(-1)?.message).toMatchObject({ type: 'ports:grant', nonce: 'b' })
})

test('a utility process may withdraw what it asked for', () => {
  child.send({ type: 'ports:open', link: 'logs', nonce: 'h' })
  child.send({ type: 'ports:withdraw', nonce: 'h' })
  broker.portsOf('main').accept('logs', () => {})
  expect(channels).toEqual([])
})

test('a utility process that has exited gets nothing, and the next one takes its place', () => {
  child.send({ type: 'ports:accept', link: 'hashes', nonce: 'h' })
  child.emit('exit', 0)
  app.send('ports:open', { link: 'hashes', nonce: 'a' })
  expect(channels).toEqual([])

  const next = startChild()
  next.send({ type: 'ports:accept', link: 'hashes', nonce: 'n' })
  expect(child.received).toEqual([])
  expect(next.received).toHaveLength(1)
  expect(app.received).toHaveLength(1)
})

test('what a utility process asked for on its way out is not heard', () => {
  child.emit('exit', 0)
  child.send({ type: 'ports:accept', link: 'hashes', nonce: 'h' })
  app.send('ports:open', { link: 'hashes', nonce: 'a' })
  expect(child.received).toEqual([])
  expect(channels).toEqual([])
})
