/**
 * A port tells when its other end is gone, as a rule. Where it does not, main does, which sees pages and
 * processes end.
 */
import type * as electron from 'electron'
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page as fakeWindow } from './fake-window.ts'
import { Broker } from '../../templates/base/src/ports/handoff/broker.ts'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import type { PortLike } from '../../templates/base/src/ports/channel/port.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { ports } from '../../templates/base/src/ports/handoff/page.ts'
import { Pages } from '../../templates/base/src/ports/handoff/pages.ts'
import { admitUtility } from '../../templates/base/src/ports/handoff/utilities.ts'
import { FakeContents, ORIGIN, channels, ipcMain } from './fake-electron.ts'
import { MemoryPort, countListeners, newPorts, outcome } from './pair.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

const GONE = new PortError('closed', 'The other end of the port is gone.')

describe('The broker', () => {
  const links = {
    jobs: { from: 'app', to: 'worker' },
    files: { from: 'app', to: 'main' },
    hashes: { from: 'app', to: 'hasher' },
  }
  let broker: Broker
  let pages: Pages
  let app: FakeContents
  let worker: FakeContents

  beforeEach(() => {
    channels.length = 0
    broker = new Broker(links)
    pages = new Pages(broker)
    app = admit('app')
    worker = admit('worker')
    worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
    app.send('ports:open', { link: 'jobs', nonce: 'a' })
  })
  afterEach(() => {
    ipcMain.removeAllListeners()
  })

  function admit(node: string): FakeContents {
    const contents = new FakeContents()
    pages.admit(node, contents.contents, ORIGIN)
    return contents
  }

  const told = ({ received }: FakeContents): unknown[] =>
    received.filter(({ channel }) => channel === 'ports:gone').map(({ message }) => message)

  test.each(['ports:document', 'render-process-gone', 'destroyed'])(
    'tells the other end when a page is gone: %s',
    (how) => {
      if (how === 'ports:document') worker.load()
      else worker.emit(how)
      expect(told(app)).toEqual([{ type: 'ports:gone', nonce: 'a', generation: 1 }])
      expect(told(worker)).toEqual([])
    },
  )

  test('tells which of the ports it was, and tells it once', () => {
    const other = admit('app')
    other.send('ports:open', { link: 'jobs', nonce: 'b' })
    other.load()
    other.emit('destroyed')
    expect(told(worker)).toEqual([{ type: 'ports:gone', nonce: 'w', generation: 2 }])
    expect(told(app)).toEqual([])
  })

  test('tells nobody of a port that a document before had', () => {
    app.load()
    worker.load()
    expect(told(worker)).toEqual([{ type: 'ports:gone', nonce: 'w', generation: 1 }])
    expect(told(app)).toEqual([])
  })

  test('tells main of a page, and a page of a utility process', async () => {
    const grants: { gone: AbortSignal }[] = []
    broker.portsOf('main').accept('files', (grant) => grants.push(grant))
    app.send('ports:open', { link: 'files', nonce: 'f' })
    const child = Object.assign(new EventEmitter(), { postMessage: () => {} })
    admitUtility(broker, 'hasher', child as unknown as electron.UtilityProcess)
    child.emit('message', { type: 'ports:accept', link: 'hashes', nonce: 'h' })
    app.send('ports:open', { link: 'hashes', nonce: 'x' })

    child.emit('exit', 1)
    expect(told(app)).toEqual([{ type: 'ports:gone', nonce: 'x', generation: 1 }])
    await Promise.resolve()
    expect(grants[0]?.gone.aborted).toBe(false)
    app.load()
    await Promise.resolve()
    expect(grants[0]?.gone.aborted).toBe(true)
  })

  test('withdrawing a request ends nothing that was granted', () => {
    worker.send('ports:withdraw', 'w')
    expect(told(app)).toEqual([])
  })

  test('remembers a thousand pairs of a page, and no more', () => {
    const opener = admit('app')
    for (let nonce = 1; nonce <= 1500; nonce++) {
      // Each from a document of its own, for a page may not ask so often.
      const each = nonce === 1500 ? opener : admit('app')
      each.send('ports:open', { link: 'jobs', nonce: `${nonce}` })
    }
    worker.load()
    const kept = [app, opener].map((each) => told(each).length)
    expect(kept).toEqual([0, 1])
  })
})

describe('A page', () => {
  test('learns it by the signal of the grant', async () => {
    const asked = ports.request('jobs')
    const [ask] = fakeWindow.opened.slice(-1)
    fakeWindow.grant(ask, newPorts()[0] as never, 7)
    const { gone } = await asked
    for (const other of [
      { nonce: 'of another', generation: 7 },
      { nonce: ask?.nonce, generation: 6 },
    ]) {
      fakeWindow.receive({ type: 'ports:gone', ...other })
    }
    expect(gone.aborted).toBe(false)
    fakeWindow.receive({ type: 'ports:gone', nonce: ask?.nonce, generation: 7 })
    expect(gone.aborted).toBe(true)
  })

  test('believes the window alone', async () => {
    const asked = ports.request('jobs')
    const [ask] = fakeWindow.opened.slice(-1)
    fakeWindow.grant(ask, newPorts()[0] as never, 1)
    const { gone } = await asked
    const stranger = new EventTarget()
    fakeWindow.receive(
      { type: 'ports:gone', nonce: ask?.nonce, generation: 1 },
      undefined,
      stranger,
    )
    expect(gone.aborted).toBe(false)
  })
})

describe('A channel whose port says nothing', () => {
  interface Library {
    find(title: string): Promise<string>
  }

  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function open(): { gone: AbortController; find(): Promise<unknown>; end: MemoryPort } {
    const [port, end] = MemoryPort.pair()
    const gone = new AbortController()
    const channel = openChannel<Library>(port as unknown as PortLike, {}, { gone: gone.signal })
    return { gone, end, find: () => outcome(channel.call.find('Emma')) }
  }

  test('ends when main says so, after a while for the last words', async () => {
    const { gone, find } = open()
    let answer: unknown
    void find().then((came) => (answer = came))
    gone.abort()
    await vi.advanceTimersByTimeAsync(900)
    expect(answer).toBeUndefined()
    await vi.advanceTimersByTimeAsync(200)
    expect(answer).toEqual({ error: GONE })
  })

  test('hears those words', async () => {
    const { gone, find, end } = open()
    const answer = find()
    gone.abort()
    await vi.advanceTimersByTimeAsync(500)
    end.postMessage([3, 'result', 1, 'found'], [])
    expect(await answer).toEqual({ value: 'found' })
  })
})

describe('A channel whose other end', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('was gone before it was opened ends as well', async () => {
    const [port] = MemoryPort.pair()
    const channel = openChannel(port as unknown as PortLike, {}, { gone: AbortSignal.abort() })
    await vi.advanceTimersByTimeAsync(1100)
    expect(await channel.closed).toEqual(GONE)
  })

  test.each([
    ['is gone', (gone: AbortController) => gone.abort()],
    ['hangs', () => {}],
  ])('%s while its last words wait to be sent closes its port', async (_, end) => {
    const [port, other] = MemoryPort.pair()
    other.hold()
    const gone = new AbortController()
    const options = { gone: gone.signal, heartbeat: 400 }
    const channel = openChannel<{ note(page: unknown): void }>(
      port as unknown as PortLike,
      {},
      options,
    )
    for (let page = 0; page < 20; page++) channel.notify.note(new Map([[1, page]]))
    channel.close()
    expect(port.isClosed).toBe(false)
    end(gone)
    await vi.advanceTimersByTimeAsync(1300)
    expect(port.isClosed).toBe(true)
    expect([countListeners(gone.signal), vi.getTimerCount()]).toEqual([0, 0])
  })
})
