import { EventEmitter } from 'node:events'
import type * as electron from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Broker } from '../../templates/base/src/ports/handoff/broker.ts'
import { Pages } from '../../templates/base/src/ports/handoff/pages.ts'
import { admitUtility } from '../../templates/base/src/ports/handoff/utilities.ts'
import { FakeContents, type FakePort, ORIGIN, channels, ipcMain } from './fake-electron.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

const links = {
  docs: { from: 'document', to: 'hub' },
  view: { from: 'app', to: 'document' },
  talk: { from: 'document', to: 'document' },
  ask: { from: 'main', to: 'worker' },
}

const nodes = { app: {}, hub: {}, main: {}, document: { many: true }, worker: { many: true } }

let broker: Broker
let pages: Pages
let app: FakeContents
let log: unknown[]

beforeEach(() => {
  channels.length = 0
  log = []
  vi.spyOn(console, 'warn').mockImplementation((line) => log.push(line))
  broker = new Broker(links, nodes)
  pages = new Pages(broker)
  app = admit('app')
})

afterEach(() => {
  ipcMain.removeAllListeners()
  vi.restoreAllMocks()
})

function admit(node: string, key?: string): FakeContents {
  const page = new FakeContents()
  pages.admit(node, page.contents, ORIGIN, key)
  return page
}

/** A member whose window has its page. */
function open(key: string): FakeContents {
  const page = admit('document', key)
  page.load()
  return page
}

/** A page asks who of a node is there. Returns main's end of what it is told over. */
function watch(page = app, node = 'document'): FakePort {
  page.send('ports:open', { link: `ports:members:${node}`, nonce: 'm' })
  return channels.at(-1)?.port2 as FakePort
}

/** Reads all that it is told. Gives the lists that come, first to last. */
function readAll(port: FakePort): unknown[] {
  for (let read = 0; read < port.posted.length; read++) port.emit('message', { data: 'read' })
  return port.posted
}

const reasonOf = ({ received }: FakeContents): unknown =>
  (received.at(-1)?.message as { reason: unknown } | undefined)?.reason

test('who has a link to them is told who is there, in the order in which they came', () => {
  for (const key of ['2', '1', '__proto__']) open(key)
  expect(watch().posted).toEqual([['2', '1', '__proto__']])
  expect(app.received).toMatchObject([
    { message: { type: 'ports:grant', nonce: 'm', toProcess: true }, ports: [channels[0]?.port1] },
  ])
})

test('and whenever that changes, once it has read what it was told before', () => {
  const port = watch()
  const one = open('1')
  open('2')
  expect(port.posted).toEqual([[]])
  port.emit('message', { data: 'read' })
  expect(port.posted).toEqual([[], ['1', '2']])
  port.emit('message', { data: 'read' })
  one.emit('destroyed')
  expect(port.posted).toEqual([[], ['1', '2'], ['2']])
})

test('who reads nothing keeps one list waiting, however often they change, and holds nobody up', () => {
  const lazy = watch()
  const eager = watch(admit('app'))
  for (let nth = 0; nth < 100; nth++) {
    eager.emit('message', { data: 'read' })
    const page = open(`${nth}`)
    eager.emit('message', { data: 'read' })
    page.emit('destroyed')
  }
  expect(lazy.posted).toEqual([[]])
  expect(eager.posted).toHaveLength(201)
})

test('a window without its first document is not there yet', () => {
  const page = admit('document', '1')
  const port = watch()
  expect(port.posted).toEqual([[]])
  page.load()
  expect(readAll(port)).toEqual([[], ['1']])
})

test('one that is reloaded stays', () => {
  const page = open('1')
  const port = watch()
  port.emit('message', { data: 'read' })
  page.load()
  expect(port.posted).toEqual([['1']])
})

test('one that has crashed is back when it runs again', () => {
  const page = open('1')
  open('2')
  const port = watch()
  page.emit('render-process-gone', {}, { reason: 'crashed' })
  readAll(port)
  page.load()
  expect(readAll(port)).toEqual([['1', '2'], ['2'], ['2', '1']])
})

test('one that goes to another origin is gone, and one that comes from there is nobody', () => {
  const page = open('1')
  page.load(page.newFrame({ origin: 'https://example.com' }))
  const port = watch()
  expect(port.posted).toEqual([['1']]) // the window does not show that document
  Object.assign(page.mainFrame, { origin: 'https://example.com' })
  page.load()
  expect(readAll(port)).toEqual([['1'], []])
})

test('two windows of one key are one member, and there until both are gone', () => {
  const both = [open('1'), open('1')]
  const port = watch()
  expect(port.posted).toEqual([['1']])
  for (const page of both) page.emit('destroyed')
  expect(readAll(port)).toEqual([['1'], []])
})

test('a utility process is there from its start to its end', () => {
  const child = new EventEmitter()
  const port = watchFromMain()
  admitUtility(broker, 'worker', child as unknown as electron.UtilityProcess, 'w')
  expect(readAll(port)).toEqual([[]])
  child.emit('spawn')
  expect(readAll(port)).toEqual([[], ['w']])
  child.emit('exit', 0)
  expect(readAll(port)).toEqual([[], ['w'], []])
})

test('a utility process that is dismissed before its start never was there', () => {
  const child = new EventEmitter()
  const dismiss = admitUtility(broker, 'worker', child as unknown as electron.UtilityProcess, 'w')
  dismiss()
  child.emit('spawn')
  expect(watchFromMain().posted).toEqual([[]])
})

function watchFromMain(): FakePort {
  void broker.portsOf('main').request('ports:members:worker')
  return channels.at(-1)?.port2 as FakePort
}

test('a member may watch its siblings where it has a link to them, and is not among them', () => {
  const one = open('1')
  open('2')
  const port = watch(one)
  one.load()
  open('3')
  expect(port.posted).toEqual([['2']])
  expect(watch(one).posted).toEqual([['2', '3']])
})

test.each([
  ['a node that is asked by them', 'hub', 'document'],
  ['a node that has a link to others', 'app', 'worker'],
  ['a node of which there is one', 'app', 'hub'],
  ['what is no node', 'app', 'nobody'],
  ['what every object has', 'app', '__proto__'],
])('nobody else may: %s', (_, node, watched) => {
  const page = node === 'app' ? app : admit(node)
  watch(page, watched)
  expect(reasonOf(page)).toBe(`There is no link "ports:members:${watched}" in src/topology.ts.`)
  expect(log).toHaveLength(1)
  expect(channels).toEqual([])
})

test('nobody can serve who is there', () => {
  app.send('ports:accept', { link: 'ports:members:document', nonce: 'a' })
  expect(reasonOf(app)).toBe('There is no link "ports:members:document" in src/topology.ts.')
})

test.each([undefined, null, ['9'], { came: ['9'] }, 'close', 0])(
  'what is said over it makes nobody come or go: %j',
  (data) => {
    open('1')
    const port = watch()
    for (let nth = 0; nth < 1000; nth++) port.emit('message', { data })
    expect(port.posted).toEqual([['1']])
    expect(watch(admit('app')).posted).toEqual([['1']])
  },
)

test('who has closed its end, has another document, or is gone is told no more', () => {
  const ports = [watch(), watch(), watch()]
  ports[0]?.emit('close')
  app.load()
  expect(ports.map((port) => port.isClosed)).toEqual([false, true, true])
  open('1')
  for (const port of ports) readAll(port)
  expect(ports.map(({ posted }) => posted)).toEqual([[[]], [[]], [[]]])
})

test('a page is told at most sixty-four times, and others are told all the same', () => {
  for (let nth = 0; nth < 65; nth++) watch()
  const reason = '"app" is told often enough who of "document" is there.'
  expect(app.received.at(-1)?.message).toEqual({
    type: 'ports:refuse',
    link: 'ports:members:document',
    nonce: 'm',
    code: 'unavailable',
    reason,
  })
  expect(log).toEqual([`A port was refused. ${reason}`])
  const other = admit('app')
  open('1')
  expect(watch(other).posted).toEqual([['1']])
  app.load()
  expect(watch().posted).toEqual([['1']])
})
