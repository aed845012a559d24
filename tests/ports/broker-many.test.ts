import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Broker } from '../../templates/base/src/ports/handoff/broker.ts'
import { Pages } from '../../templates/base/src/ports/handoff/pages.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { FakeContents, ORIGIN, channels, ipcMain } from './fake-electron.ts'
import { outcome } from './pair.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

const links = {
  docs: { from: 'document', to: 'hub' },
  view: { from: 'app', to: 'document' },
  talk: { from: 'document', to: 'document' },
  files: { from: 'app', to: 'main' },
  print: { from: 'main', to: 'document' },
}

const nodes = { app: {}, hub: {}, main: {}, document: { many: true } }

/** Keys that would mean something else if they were not taken as they are. */
const ODD_KEYS = ['__proto__', 'constructor', ' ', '"', '","', '\n', '\u0000', 'é', '🎉', '../..']

let broker: Broker
let pages: Pages
let app: FakeContents
let one: FakeContents
let two: FakeContents
let log: unknown[]

beforeEach(() => {
  channels.length = 0
  log = []
  vi.spyOn(console, 'warn').mockImplementation((line) => log.push(line))
  broker = new Broker(links, nodes)
  pages = new Pages(broker)
  app = admit('app')
  one = admit('document', '1')
  two = admit('document', '2')
})

afterEach(() => {
  ipcMain.removeAllListeners()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function admit(node: string, key?: string): FakeContents {
  const page = new FakeContents()
  pages.admit(node, page.contents, ORIGIN, key)
  return page
}

/** What a page was told, as short as it can be said. */
function told({ received }: FakeContents): unknown[] {
  return received.map(({ message }) => {
    const { type, nonce, peer, reason } = message as Record<string, unknown>
    return type === 'ports:grant' ? [nonce, peer] : [nonce, reason]
  })
}

const reasonOf = ({ received }: FakeContents): unknown =>
  (received.at(-1)?.message as { reason: unknown } | undefined)?.reason

test('each member opens a link by itself, and who serves it is told which one that is', () => {
  const hub = admit('hub')
  hub.send('ports:accept', { link: 'docs', nonce: 'h' })
  two.send('ports:open', { link: 'docs', nonce: 'b' })
  one.send('ports:open', { link: 'docs', nonce: 'a' })
  expect(told(hub)).toEqual([
    ['h', { node: 'document', key: '2' }],
    ['h', { node: 'document', key: '1' }],
  ])
  expect(told(one)).toEqual([['a', { node: 'hub' }]])
  expect(told(two)).toEqual([['b', { node: 'hub' }]])
})

test('who opens a link to many gets the one that it names, and waits until that is there', () => {
  one.send('ports:accept', { link: 'view', nonce: 'v1' })
  for (const to of ['2', '3', '1']) app.send('ports:open', { link: 'view', nonce: `a${to}`, to })
  expect(told(app)).toEqual([['a1', { node: 'document', key: '1' }]])

  two.send('ports:accept', { link: 'view', nonce: 'v2' })
  admit('document', '3').send('ports:accept', { link: 'view', nonce: 'v3' })
  expect(told(app).slice(1)).toEqual([
    ['a2', { node: 'document', key: '2' }],
    ['a3', { node: 'document', key: '3' }],
  ])
  expect(told(one)).toEqual([['v1', { node: 'app' }]])
  expect(told(two)).toEqual([['v2', { node: 'app' }]])
  expect(channels).toHaveLength(3)
})

test('a link between members of one node joins two of them', () => {
  one.send('ports:accept', { link: 'talk', nonce: 't1' })
  two.send('ports:accept', { link: 'talk', nonce: 't2' })
  one.send('ports:open', { link: 'talk', nonce: 'a', to: '2' })
  expect(told(one)).toEqual([['a', { node: 'document', key: '2' }]])
  expect(told(two)).toEqual([['t2', { node: 'document', key: '1' }]])
})

test('and never one with itself', () => {
  one.send('ports:accept', { link: 'talk', nonce: 't1' })
  one.send('ports:open', { link: 'talk', nonce: 'a', to: '1' })
  expect(told(one)).toEqual([
    ['a', 'The link "talk" joins two of "document": "document" (key "1") cannot be both.'],
  ])
})

test('main names a member like any other node', async () => {
  const asked = broker.portsOf('main').request('print', undefined, { to: '2' })
  one.send('ports:accept', { link: 'print', nonce: 'p1' })
  two.send('ports:accept', { link: 'print', nonce: 'p2' })
  expect(await asked).toMatchObject({ peer: { node: 'document', key: '2' } })
  expect(one.received).toEqual([])
})

test('a member learns its own key, and no other, whatever it says', () => {
  const forged = { link: 'ports:own-key', nonce: 'a', to: '2', key: '2', node: 'app' }
  one.send('ports:open', forged)
  expect(told(one)).toEqual([['a', { node: 'document', key: '1' }]])
  expect([channels[0]?.port1.isClosed, channels[0]?.port2.isClosed]).toEqual([false, true])
  expect(one.received[0]?.ports).toEqual([channels[0]?.port1])
})

test('a node of which there is one has no key to learn, and nobody serves that', () => {
  app.send('ports:open', { link: 'ports:own-key', nonce: 'a' })
  expect(reasonOf(app)).toBe('There is no link "ports:own-key" in src/topology.ts.')
  one.send('ports:accept', { link: 'ports:own-key', nonce: 'b' })
  expect(reasonOf(one)).toBe('There is no link "ports:own-key" in src/topology.ts.')
})

test.each([
  [
    'no key where there are many',
    { link: 'view', nonce: 'a' },
    'There are many of "document": say by its key to which the link "view" shall go.',
  ],
  [
    'a key where there is one',
    { link: 'files', nonce: 'a', to: '1' },
    'There is one of "main": the link "files" to it is opened without a key.',
  ],
  [
    'an empty key',
    { link: 'view', nonce: 'a', to: '' },
    'A key is a string of 1 to 100 characters.',
  ],
  [
    'a key that is too long',
    { link: 'view', nonce: 'a', to: 'k'.repeat(101) },
    'A key is a string of 1 to 100 characters.',
  ],
])('%s is refused, told why, and logged once', (_, ask, reason) => {
  app.send('ports:open', ask)
  app.send('ports:open', ask)
  expect(told(app)).toEqual([
    ['a', reason],
    ['a', reason],
  ])
  expect(log).toEqual([`A port was refused. ${reason}`])
})

test.each([1, null, {}, ['1'], true])('what is no string (%j) is no key', (to) => {
  app.send('ports:open', { link: 'view', nonce: 'a', to })
  expect(app.received).toEqual([])
  expect(log).toEqual(['A port was refused. The request is malformed.'])
})

test.each([...ODD_KEYS, 'k'.repeat(100)])('a key may be any string: %j', (key) => {
  const odd = admit('document', key)
  odd.send('ports:accept', { link: 'view', nonce: 'o' })
  app.send('ports:open', { link: 'view', nonce: 'a', to: key })
  odd.send('ports:open', { link: 'ports:own-key', nonce: 'k' })
  expect(told(app)).toEqual([['a', { node: 'document', key }]])
  expect(told(odd).at(-1)).toEqual(['k', { node: 'document', key }])
  expect([...told(one), ...told(two)]).toEqual([])
})

test('what a key holds does not reach a log as it is', () => {
  const odd = admit('document', '\u001b[2J\nA line')
  odd.send('ports:open', { link: 'view', nonce: 'a', to: '1' })
  odd.send('ports:open', { link: 'talk', nonce: 'a', to: '\u001b[2J\nA line' })
  expect(log.at(-1)).toBe(
    'A port was refused. The link "talk" joins two of "document": "document" (key "\ufffd[2J\ufffdA line") cannot be both.',
  )
})

test.each([
  ['document', undefined],
  ['document', ''],
  ['document', 'k'.repeat(101)],
])('main cannot admit one of many ("%s") under the key %j', (node, key) => {
  expect(() => admit(node, key)).toThrow(
    new TypeError(
      'There are many of "document": each needs a key. A key is a string of 1 to 100 characters.',
    ),
  )
})

test.each(['app', 'nobody', 'toString'])('main cannot admit "%s" under a key', (node) => {
  expect(() => admit(node, '1')).toThrow(
    new TypeError(`There is one of "${node}" in src/topology.ts, without a key: make it \`many\`.`),
  )
})

test('a member that serves twice takes over from itself alone', () => {
  one.send('ports:accept', { link: 'view', nonce: 'v1' })
  two.send('ports:accept', { link: 'view', nonce: 'v2' })
  expect(log).toEqual([])
  one.send('ports:accept', { link: 'view', nonce: 'w1' })
  expect(log).toEqual([
    'The link "view" is served twice by "document" (key "1"): the later one takes over, for as long as it does.',
  ])
  for (const to of ['1', '2']) app.send('ports:open', { link: 'view', nonce: `a${to}`, to })
  expect(told(one)).toEqual([['w1', { node: 'app' }]])
  expect(told(two)).toEqual([['v2', { node: 'app' }]])
})

test('a member in a loop of serving takes nothing from its siblings', () => {
  two.send('ports:accept', { link: 'view', nonce: 'v2' })
  for (let nth = 1; nth <= 300; nth++) one.send('ports:accept', { link: 'view', nonce: `v${nth}` })
  app.send('ports:open', { link: 'view', nonce: 'a', to: '2' })
  expect(told(two)).toEqual([['v2', { node: 'app' }]])
})

test('a member that asks too often is held up, and its siblings are not', () => {
  const hub = admit('hub')
  hub.send('ports:accept', { link: 'docs', nonce: 'h' })
  for (let nth = 1; nth <= 300; nth++) one.send('ports:open', { link: 'docs', nonce: `a${nth}` })
  expect(reasonOf(one)).toBe('"document" (key "1") asks for more ports than it can need.')
  two.send('ports:open', { link: 'docs', nonce: 'b' })
  expect(told(two)).toEqual([['b', { node: 'hub' }]])
  expect(log).toHaveLength(1)
})

test('a page waits for sixty-four ports to one member, and a thousand to all of them', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const wait = (to: string): void => {
    vi.advanceTimersByTime(50)
    app.send('ports:open', { link: 'view', nonce: 'a', to })
  }
  for (let nth = 1; nth <= 64; nth++) wait('1')
  wait('1')
  expect(told(app)).toEqual([['a', '"app" waits for 64 ports of the link "view" already.']])
  for (let nth = 65; nth <= 1000; nth++) wait(`key ${nth}`)
  expect(app.received).toHaveLength(1)
  wait('2')
  expect(reasonOf(app)).toBe('"app" waits for 1000 ports of the link "view" already.')
  two.send('ports:accept', { link: 'view', nonce: 'v2' })
  one.send('ports:accept', { link: 'view', nonce: 'v1' })
  expect(channels).toHaveLength(64)
})

test('a member that is down takes no sibling down, and is tried again by who asks for it', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] })
  const tryAgain = vi.fn<() => void>()
  const reason =
    '"document" (key "1") has failed too often, and stays down until it is tried again.'
  for (const to of ['1', '2']) app.send('ports:open', { link: 'view', nonce: `a${to}`, to })
  const print = outcome(broker.portsOf('main').request('print', undefined, { to: '1' }))
  broker.giveUp('document', tryAgain, '1')
  expect(told(app)).toEqual([['a1', reason]])
  expect(await print).toEqual({ error: new PortError('down', reason) })

  two.send('ports:accept', { link: 'view', nonce: 'v2' })
  expect(told(app).at(-1)).toEqual(['a2', { node: 'document', key: '2' }])

  vi.advanceTimersByTime(1000)
  app.send('ports:open', { link: 'view', nonce: 'b2', to: '2', again: true })
  expect(tryAgain).not.toHaveBeenCalled()
  app.send('ports:open', { link: 'view', nonce: 'b1', to: '1', again: true })
  expect(tryAgain).toHaveBeenCalledOnce()
  one.send('ports:accept', { link: 'view', nonce: 'v1' })
  expect(told(app).at(-1)).toEqual(['b1', { node: 'document', key: '1' }])
})

test('a member that speaks is not down, and says nothing of its siblings', () => {
  for (const key of ['1', '2']) broker.giveUp('document', () => {}, key)
  one.send('ports:accept', { link: 'talk', nonce: 't' })
  for (const to of ['1', '2']) app.send('ports:open', { link: 'view', nonce: `a${to}`, to })
  expect(told(app)).toEqual([
    ['a2', expect.stringContaining('"document" (key "2") has failed too often')],
  ])
})

test('who is opened again under its key has its ports', () => {
  one.send('ports:accept', { link: 'view', nonce: 'v' })
  app.send('ports:open', { link: 'view', nonce: 'a', to: '1' })
  one.emit('destroyed')
  app.send('ports:open', { link: 'view', nonce: 'b', to: '1' })
  admit('document', '1').send('ports:accept', { link: 'view', nonce: 'v' })
  expect(told(app)).toEqual([
    ['a', { node: 'document', key: '1' }],
    ['a', undefined], // it is told that the first has gone
    ['b', { node: 'document', key: '1' }],
  ])
})

test('who waits for a member in vain is told for which one', () => {
  vi.useFakeTimers()
  one.send('ports:open', { link: 'talk', nonce: 'a', to: '9' })
  vi.advanceTimersByTime(5000)
  expect(log).toEqual([
    '"document" (key "1") waits for the link "talk": does "document" (key "9") run, and serve or accept it?',
  ])
})
