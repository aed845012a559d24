import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Broker } from '../../templates/base/src/ports/handoff/broker.ts'
import { Pages } from '../../templates/base/src/ports/handoff/pages.ts'
import { FakeContents, ORIGIN, channels, ipcMain } from './fake-electron.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

const links = {
  jobs: { from: 'app', to: 'worker' },
  news: { from: 'worker', to: 'app' },
}

let broker: Broker
let pages: Pages
let app: FakeContents
let worker: FakeContents
let log: unknown[]

beforeEach(() => {
  channels.length = 0
  log = []
  vi.spyOn(console, 'warn').mockImplementation((line) => log.push(line))
  broker = new Broker(links)
  pages = new Pages(broker)
  app = admit('app')
  worker = admit('worker')
})

afterEach(() => {
  ipcMain.removeAllListeners()
  vi.restoreAllMocks()
})

function admit(node: string): FakeContents {
  const page = new FakeContents()
  pages.admit(node, page.contents, ORIGIN)
  return page
}

/** What a page was granted, as short as it can be said. */
function grants({ received }: FakeContents): unknown[] {
  return received.map(({ message }) => {
    const { type, link, nonce, generation } = message as Record<string, unknown>
    return [type, link, nonce, generation]
  })
}

test('both ends of a link get a port of one pair', () => {
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
  app.send('ports:open', { link: 'jobs', nonce: 'a' })

  expect(channels).toHaveLength(1)
  const message = { type: 'ports:grant', link: 'jobs', generation: 1, toProcess: false }
  expect(worker.received).toEqual([
    {
      channel: 'ports:grant',
      message: { ...message, nonce: 'w', peer: { node: 'app' } },
      ports: [expect.anything()],
    },
  ])
  expect(app.received).toEqual([
    {
      channel: 'ports:grant',
      message: { ...message, nonce: 'a', peer: { node: 'worker' } },
      ports: [expect.anything()],
    },
  ])
  expect(worker.received[0]?.ports[0]).toBe(channels[0]?.port1)
  expect(app.received[0]?.ports[0]).toBe(channels[0]?.port2)
  expect([channels[0]?.port1.isClosed, channels[0]?.port2.isClosed]).toEqual([false, false])
  expect(log).toEqual([])
})

test('the log says once who is waited for in vain, and so does each page that waits', () => {
  vi.useFakeTimers()
  try {
    app.send('ports:open', { link: 'jobs', nonce: 'a' })
    worker.send('ports:open', { link: 'news', nonce: 'b' })
    worker.send('ports:withdraw', 'b')
    vi.advanceTimersByTime(4999)
    expect(log).toEqual([])
    vi.advanceTimersByTime(1)
    app.send('ports:open', { link: 'jobs', nonce: 'c' })
    vi.advanceTimersByTime(5000)
    const line = '"app" waits for the link "jobs": does "worker" run, and serve or accept it?'
    expect(log).toEqual([line])
    expect(app.received).toEqual(
      ['a', 'c'].map((nonce) => ({
        channel: 'ports:waiting',
        message: { type: 'ports:waiting', nonce, reason: line },
        ports: [],
      })),
    )
    expect(worker.received).toEqual([])
  } finally {
    vi.useRealTimers()
  }
})

test('either side may be first', () => {
  app.send('ports:open', { link: 'jobs', nonce: 'a' })
  expect(channels).toEqual([])
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })

  expect(grants(worker)).toEqual([['ports:grant', 'jobs', 'w', 1]])
  expect(grants(app)).toEqual([['ports:grant', 'jobs', 'a', 1]])
})

test('who accepts once gets a port for everyone who opens, before and after', () => {
  const other = admit('app')
  app.send('ports:open', { link: 'jobs', nonce: 'a1' })
  other.send('ports:open', { link: 'jobs', nonce: 'b1' })
  app.send('ports:open', { link: 'jobs', nonce: 'a2' })
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
  other.send('ports:open', { link: 'jobs', nonce: 'b2' })

  expect(grants(worker)).toEqual([1, 2, 3, 4].map((nth) => ['ports:grant', 'jobs', 'w', nth]))
  expect(grants(app)).toEqual([
    ['ports:grant', 'jobs', 'a1', 1],
    ['ports:grant', 'jobs', 'a2', 3],
  ])
  expect(grants(other)).toEqual([
    ['ports:grant', 'jobs', 'b1', 2],
    ['ports:grant', 'jobs', 'b2', 4],
  ])
})

test('who accepts again takes over, and nothing is granted twice', () => {
  app.send('ports:open', { link: 'jobs', nonce: 'a1' })
  worker.send('ports:accept', { link: 'jobs', nonce: 'w1' })
  worker.send('ports:accept', { link: 'jobs', nonce: 'w2' })
  expect(channels).toHaveLength(1)

  app.send('ports:open', { link: 'jobs', nonce: 'a2' })
  expect(grants(worker)).toEqual([
    ['ports:grant', 'jobs', 'w1', 1],
    ['ports:grant', 'jobs', 'w2', 2],
  ])
})

const leavings: [string, (page: FakeContents) => void][] = [
  ['stops', (page) => page.send('ports:withdraw', 'w2')],
  ['begins a new document', (page) => page.load()],
  ['crashes', (page) => page.emit('render-process-gone', {}, { reason: 'crashed' })],
  ['is destroyed', (page) => page.emit('destroyed')],
]

test.each(leavings)('when who took over a link %s, the one before serves again', (_, leave) => {
  const first = worker
  const second = admit('worker')
  first.send('ports:accept', { link: 'jobs', nonce: 'w1' })
  second.send('ports:accept', { link: 'jobs', nonce: 'w2' })
  app.send('ports:open', { link: 'jobs', nonce: 'a1' })
  leave(second)
  app.send('ports:open', { link: 'jobs', nonce: 'a2' })

  expect(grants(second)).toEqual([['ports:grant', 'jobs', 'w2', 1]])
  expect(grants(first)).toEqual([['ports:grant', 'jobs', 'w1', 2]])
  expect(log).toEqual([
    'The link "jobs" is served twice by "worker": the later one takes over, for as long as it does.',
  ])
})

test('when one of several goes that does not serve, nothing changes for those who open', () => {
  const pages = [worker, admit('worker'), admit('worker')] as const
  for (const [nth, page] of pages.entries()) {
    page.send('ports:accept', { link: 'jobs', nonce: `w${nth}` })
  }
  pages[1].emit('destroyed')
  app.send('ports:open', { link: 'jobs', nonce: 'a1' })
  pages[2].emit('destroyed')
  app.send('ports:open', { link: 'jobs', nonce: 'a2' })
  expect(pages.map((page) => grants(page).filter((grant) => Array.isArray(grant)).length)).toEqual([
    1, 0, 1,
  ])
})

test('generations grow, each link by itself', () => {
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
  app.send('ports:accept', { link: 'news', nonce: 'a' })
  app.send('ports:open', { link: 'jobs', nonce: 'j1' })
  app.send('ports:open', { link: 'jobs', nonce: 'j2' })
  worker.send('ports:open', { link: 'news', nonce: 'n1' })

  expect(grants(app)).toEqual([
    ['ports:grant', 'jobs', 'j1', 1],
    ['ports:grant', 'jobs', 'j2', 2],
    ['ports:grant', 'news', 'a', 1],
  ])
})

/** Whoever asks for the wrong thing, how it asks, and what it is told. */
const refusals: [string, () => FakeContents, string, string][] = [
  [
    'a frame inside the page',
    () => from({ parent: {} }),
    'jobs',
    'Only the top frame of a window may ask for a port.',
  ],
  [
    'a page of another origin',
    () => from({ origin: 'https://example.com' }),
    'jobs',
    'Pages of "https://example.com" may not ask for ports.',
  ],
  [
    'a page of an opaque origin',
    () => from({ origin: 'null' }),
    'jobs',
    'Pages of "null" may not ask for ports.',
  ],
  [
    'a window that is no node',
    () => new FakeContents(),
    'jobs',
    'This window is no node of src/topology.ts.',
  ],
  [
    'a node that asks for a link that is none',
    () => app,
    'gossip',
    'There is no link "gossip" in src/topology.ts.',
  ],
  [
    'a node that asks for what every object has',
    () => app,
    '__proto__',
    'There is no link "__proto__" in src/topology.ts.',
  ],
  [
    'a node that asks for a method of every object',
    () => app,
    'constructor',
    'There is no link "constructor" in src/topology.ts.',
  ],
  [
    'the node at the wrong end',
    () => worker,
    'jobs',
    'The link "jobs" goes from "app" to "worker" in src/topology.ts: "worker" is not its "from".',
  ],
  [
    'a node of neither end',
    () => admit('stranger'),
    'jobs',
    'The link "jobs" goes from "app" to "worker" in src/topology.ts: "stranger" is not its "from".',
  ],
]

function from(frame: { origin?: string; parent?: unknown }): FakeContents {
  app.frame = app.newFrame(frame)
  return app
}

test.each(refusals)('%s is refused, told why, and logged once', (_, getPage, link, reason) => {
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
  const page = getPage()

  page.send('ports:open', { link, nonce: '1' })
  page.send('ports:open', { link, nonce: '2' })

  expect(page.received.map(({ message }) => message)).toEqual([
    { type: 'ports:refuse', link, nonce: '1', code: 'refused', reason },
    { type: 'ports:refuse', link, nonce: '2', code: 'refused', reason },
  ])
  expect(page.received.map(({ channel, ports }) => [channel, ports])).toEqual([
    ['ports:refuse', []],
    ['ports:refuse', []],
  ])
  expect(log).toEqual([`A port was refused. ${reason}`])
  expect(channels).toEqual([])
})

test('the end that may open a link may not accept it', () => {
  app.send('ports:accept', { link: 'jobs', nonce: 'a' })
  app.send('ports:open', { link: 'jobs', nonce: 'b' })
  expect(app.received.map(({ message }) => message)).toEqual([
    {
      type: 'ports:refuse',
      code: 'refused',
      link: 'jobs',
      nonce: 'a',
      reason:
        'The link "jobs" goes from "app" to "worker" in src/topology.ts: "app" is not its "to".',
    },
  ])
  expect(channels).toEqual([])
})

test.each([null, undefined])('a frame that is gone (%s) gets nothing', (frame) => {
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
  app.frame = frame
  app.send('ports:open', { link: 'jobs', nonce: 'a' })
  expect(app.received).toEqual([])
  expect(log).toEqual(['A port was refused. The frame that asked is gone.'])
})

test('a page that was loaded again after a crash has its port, though its frame counts as detached', () => {
  worker.emit('render-process-gone', {}, { reason: 'crashed' })
  Object.assign(worker.mainFrame, { detached: true })
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
  app.send('ports:open', { link: 'jobs', nonce: 'a' })
  expect(grants(worker)).toEqual([['ports:grant', 'jobs', 'w', 1]])
})

test('a document that speaks while another takes its place gets nothing, and takes nothing from it', () => {
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
  const { frame } = worker
  worker.frame = { ...worker.newFrame(), postMessage: () => {} }
  worker.send('ports:accept', { link: 'jobs', nonce: 'of the one before' })
  expect(log).toEqual(['A port was refused. The frame that asked is gone.'])
  worker.frame = frame
  app.send('ports:open', { link: 'jobs', nonce: 'a' })
  expect(worker.received.map(({ message }) => message)).toMatchObject([
    { type: 'ports:grant', nonce: 'w' },
  ])
})

test.each([
  undefined,
  null,
  'jobs',
  [],
  {},
  { link: 'jobs' },
  { nonce: 'a' },
  { link: 1, nonce: 'a' },
  { link: 'jobs', nonce: {} },
  { link: ['jobs'], nonce: 'a' },
  { link: 'jobs', nonce: 'a'.repeat(101) },
  { link: 'j'.repeat(101), nonce: 'a' },
])('a malformed ask (%j) is refused without an answer', (ask) => {
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
  app.send('ports:open', ask)
  app.send('ports:accept', ask)
  expect(app.received).toEqual([])
  expect(log).toEqual(['A port was refused. The request is malformed.'])
})

test('an ask cannot choose what main sends back', () => {
  const ask = { link: 'gossip', nonce: 'a', type: 'ports:grant', reason: 'mine', more: 'x' }
  app.send('ports:open', ask)
  expect(app.received).toEqual([
    {
      channel: 'ports:refuse',
      message: {
        type: 'ports:refuse',
        code: 'refused',
        link: 'gossip',
        nonce: 'a',
        reason: 'There is no link "gossip" in src/topology.ts.',
      },
      ports: [],
    },
  ])
})

test('a page may wait for sixty-four ports of a link, and no more', () => {
  const other = admit('app')
  for (let nth = 1; nth <= 65; nth++) app.send('ports:open', { link: 'jobs', nonce: `a${nth}` })
  other.send('ports:open', { link: 'jobs', nonce: 'b' })

  const reason = '"app" waits for 64 ports of the link "jobs" already.'
  expect(app.received.map(({ message }) => message)).toEqual([
    { type: 'ports:refuse', link: 'jobs', nonce: 'a65', code: 'unavailable', reason },
  ])
  expect(log).toEqual([`A port was refused. ${reason}`])

  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
  expect(channels).toHaveLength(65)
  app.send('ports:open', { link: 'jobs', nonce: 'a66' })
  expect(grants(app).at(-1)).toEqual(['ports:grant', 'jobs', 'a66', 66])
})

test('a page gone wild gets two hundred ports, and twenty a second from then on', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const reason = '"app" asks for more ports than it can need.'
    const ask = (times: number): number => {
      const before = channels.length
      for (let nth = 0; nth < times; nth++) app.send('ports:open', { link: 'jobs', nonce: 'a' })
      return channels.length - before
    }
    worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
    expect(ask(300)).toBe(200)
    expect(app.received.at(-1)?.message).toMatchObject({ code: 'unavailable', reason })
    vi.advanceTimersByTime(2000)
    expect(ask(300)).toBe(40)
    vi.advanceTimersByTime(60_000)
    expect(ask(300)).toBe(200)
    expect(log).toEqual([`A port was refused. ${reason}`])

    const other = admit('app')
    other.send('ports:open', { link: 'jobs', nonce: 'b' })
    expect(grants(other)).toHaveLength(1)
  } finally {
    vi.useRealTimers()
  }
})

test('a page may accept its link again however often it has: nothing would ask in its stead later', () => {
  for (let nth = 1; nth <= 300; nth++)
    worker.send('ports:accept', { link: 'jobs', nonce: `w${nth}` })
  app.send('ports:open', { link: 'jobs', nonce: 'a' })
  expect(grants(worker)).toEqual([['ports:grant', 'jobs', 'w300', 1]])
  expect(log).toEqual([expect.stringContaining('served twice')])
})

test('a page gone wild accepts a thousand times, and a hundred times a second from then on', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const refused = (times: number): number => {
      const before = worker.received.length
      for (let nth = 0; nth < times; nth++) {
        worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
      }
      return worker.received.length - before
    }
    expect(refused(1500)).toBe(500)
    vi.advanceTimersByTime(2000)
    expect(refused(1500)).toBe(1300)
  } finally {
    vi.useRealTimers()
  }
})

test('a page in a loop of nonsense fills neither the log nor main', () => {
  for (let nth = 1; nth <= 300; nth++) app.send('ports:open', { link: `${nth}`, nonce: 'a' })
  expect(log).toHaveLength(100)
  expect(app.received).toHaveLength(300)
})

test('what one page fills the log with leaves room for the others, and some for itself later', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    for (let nth = 1; nth <= 3000; nth++) {
      app.send('ports:open', { link: `${nth}`, nonce: 'a' })
    }
    expect(log).toHaveLength(100)
    worker.send('ports:open', { link: 'gossip', nonce: 'w' })
    expect(log).toHaveLength(101)
    vi.advanceTimersByTime(60_000)
    app.send('ports:open', { link: 'rumours', nonce: 'a' })
    expect(log.at(-1)).toContain('"rumours"')
  } finally {
    vi.useRealTimers()
  }
})

test.each([
  ['a title for the terminal', '\u001B]0;owned\u0007'],
  ['colours', '\u001B[31mred\u001B[0m'],
  ['an 8-bit escape', '\u009B31m'],
  ['lines of its own', 'x\nA port was granted.\r\n'],
  ['letters that turn the others round', '\u202Eabc\u2066'],
])('a page that names a link with %s puts none of it into the log', (_, link) => {
  app.send('ports:open', { link, nonce: 'a' })
  expect(log).toHaveLength(1)
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  expect(log[0]).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066]/)
})

const ends: [string, (page: FakeContents) => void][] = [
  ['begins a new document', (page) => page.load()],
  ['crashes', (page) => page.emit('render-process-gone', {}, { reason: 'crashed' })],
  ['is destroyed', (page) => page.emit('destroyed')],
]

test.each(ends)('a page that %s in the midst of it no longer waits', (_, end) => {
  const other = admit('app')
  app.send('ports:open', { link: 'jobs', nonce: 'a1' })
  other.send('ports:open', { link: 'jobs', nonce: 'b1' })
  end(app)
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })

  expect(app.received).toEqual([])
  expect(grants(other)).toEqual([['ports:grant', 'jobs', 'b1', 1]])
})

test.each(ends)('a page that %s no longer accepts, and others wait for its next', (_, end) => {
  worker.send('ports:accept', { link: 'jobs', nonce: 'w1' })
  end(worker)
  app.send('ports:open', { link: 'jobs', nonce: 'a1' })
  expect(channels).toEqual([])

  worker.send('ports:accept', { link: 'jobs', nonce: 'w2' })
  expect(grants(worker)).toEqual([['ports:grant', 'jobs', 'w2', 1]])
  expect(grants(app)).toEqual([['ports:grant', 'jobs', 'a1', 1]])
})

test('what a page withdraws is forgotten, and nothing else', () => {
  worker.send('ports:accept', { link: 'jobs', nonce: 'w1' })
  worker.send('ports:withdraw', 'w1')
  for (const nonce of ['a1', 'a2', 'a3']) app.send('ports:open', { link: 'jobs', nonce })
  app.send('ports:withdraw', 'a2')
  worker.send('ports:withdraw', 'a3') // not its own
  expect(channels).toEqual([])

  worker.send('ports:accept', { link: 'jobs', nonce: 'w2' })
  expect(grants(app).map((grant) => (grant as unknown[])[2])).toEqual(['a1', 'a3'])
})

test.each([undefined, null, 1, {}, [], ['a1'], 'a'.repeat(101)])(
  'what is no nonce (%j) withdraws nothing',
  (nonsense) => {
    worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
    app.send('ports:open', { link: 'jobs', nonce: 'a1' })
    const before = app.received.length
    app.send('ports:withdraw', nonsense)
    worker.send('ports:withdraw', nonsense)
    expect(app.received).toHaveLength(before)
    app.send('ports:open', { link: 'jobs', nonce: 'a2' })
    expect(grants(app).at(-1)).toEqual(['ports:grant', 'jobs', 'a2', 2])
  },
)

test('a frame inside a page withdraws nothing of the page', () => {
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
  worker.send('ports:withdraw', 'w', worker.newFrame({ parent: worker.frame }))
  app.send('ports:open', { link: 'jobs', nonce: 'a' })
  expect(grants(worker)).toEqual([['ports:grant', 'jobs', 'w', 1]])
})

test('a document that was thrown away is heard of too late to end anything', () => {
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
  worker.load(worker.newFrame()) // the top frame of another process
  worker.load({ ...(worker.mainFrame as object), processId: 2 })
  worker.load(null)
  app.send('ports:open', { link: 'jobs', nonce: 'a' })
  expect(grants(worker)).toEqual([['ports:grant', 'jobs', 'w', 1]])
})

test('a frame that begins inside a page ends nothing of what the page has asked for', () => {
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
  const top = worker.frame
  worker.frame = worker.newFrame({ parent: top })
  worker.load()
  app.send('ports:open', { link: 'jobs', nonce: 'a' })
  expect(grants(worker)).toEqual([['ports:grant', 'jobs', 'w', 1]])
})

test.each(['app', 'worker'] as const)(
  'the port of a page (%s) that is gone already is closed, and the other end learns of it',
  (gone) => {
    const page = gone === 'app' ? app : worker
    app.send('ports:open', { link: 'jobs', nonce: 'a' })
    page.isGone = true
    worker.send('ports:accept', { link: 'jobs', nonce: 'w' })

    const [channel] = channels
    expect(channel?.port2.isClosed).toBe(gone === 'app')
    expect(channel?.port1.isClosed).toBe(gone === 'worker')
  },
)

test('a refusal that cannot be delivered harms nobody', () => {
  app.isGone = true
  app.send('ports:open', { link: 'gossip', nonce: 'a' })
  expect(log).toEqual(['A port was refused. There is no link "gossip" in src/topology.ts.'])
})
