import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Broker } from '../../templates/base/src/ports/handoff/broker.ts'
import { Pages } from '../../templates/base/src/ports/handoff/pages.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { FakeContents, ORIGIN, channels, ipcMain } from './fake-electron.ts'
import { outcome } from './pair.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

const links = {
  jobs: { from: 'app', to: 'worker' },
  news: { from: 'worker', to: 'app' },
  files: { from: 'main', to: 'worker' },
}

const reason = '"worker" has failed too often, and stays down until it is tried again.'

let broker: Broker
let pages: Pages
let app: FakeContents
const tryAgain = vi.fn<() => void>()

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] })
  tryAgain.mockClear()
  channels.length = 0
  broker = new Broker(links)
  pages = new Pages(broker)
  app = admit('app')
})

afterEach(() => {
  ipcMain.removeAllListeners()
  vi.useRealTimers()
})

function admit(node: string): FakeContents {
  const page = new FakeContents()
  pages.admit(node, page.contents, ORIGIN)
  return page
}

const open = (nonce: string, again?: boolean): void =>
  app.send('ports:open', { link: 'jobs', nonce, again })

const last = (): unknown => app.received.at(-1)?.message

const down = (nonce: string): object => ({
  type: 'ports:refuse',
  link: 'jobs',
  nonce,
  code: 'down',
  reason,
})

test('who waits for a node is told when it is given up, and who asks later is told at once', () => {
  open('a1')
  open('a2')
  expect(app.received).toEqual([])
  broker.giveUp('worker', tryAgain)
  open('a3')
  expect(app.received.map(({ message }) => message)).toEqual(['a1', 'a2', 'a3'].map(down))
  expect(tryAgain).not.toHaveBeenCalled()
})

test('main is told as pages are', async () => {
  const asked = outcome(broker.portsOf('main').request('files'))
  broker.giveUp('worker', tryAgain)
  expect(await asked).toEqual({ error: new PortError('down', reason) })
})

test('a node that is given up may be tried again by who asks for that, a second later at the soonest', () => {
  broker.giveUp('worker', tryAgain)
  open('a1', true)
  expect(last()).toEqual(down('a1'))
  vi.advanceTimersByTime(1000)
  for (const nonce of ['a2', 'a3']) open(nonce, true)
  expect(tryAgain).toHaveBeenCalledOnce()
  expect(app.received).toHaveLength(1) // these two wait

  admit('worker').send('ports:accept', { link: 'jobs', nonce: 'w' })
  expect(last()).toMatchObject({ type: 'ports:grant', nonce: 'a3' })
})

test('a node that fails once more is given up once more', () => {
  broker.giveUp('worker', tryAgain)
  vi.advanceTimersByTime(1000)
  open('a1', true)
  broker.giveUp('worker', tryAgain)
  expect(last()).toEqual(down('a1'))
  open('a2', true)
  expect(last()).toEqual(down('a2'))
  vi.advanceTimersByTime(1000)
  open('a3', true)
  expect(tryAgain).toHaveBeenCalledTimes(2)
})

test.each([1, 'yes', {}, null])('what is no wish (%j) is none', (again) => {
  broker.giveUp('worker', tryAgain)
  vi.advanceTimersByTime(1000)
  open('a', again as boolean)
  expect(tryAgain).not.toHaveBeenCalled()
})

test('a node that is expected again, or speaks, can be waited for', () => {
  broker.giveUp('worker', tryAgain)
  broker.expect('worker')
  open('a1')
  broker.giveUp('worker', tryAgain)
  expect(last()).toEqual(down('a1'))

  const worker = admit('worker')
  worker.send('ports:open', { link: 'news', nonce: 'n' })
  open('a2')
  worker.send('ports:accept', { link: 'jobs', nonce: 'w' })
  expect(last()).toMatchObject({ type: 'ports:grant', nonce: 'a2' })
})

test('a node of which another window still serves is not down', () => {
  admit('worker').send('ports:accept', { link: 'jobs', nonce: 'w' })
  broker.giveUp('worker', tryAgain)
  open('a')
  expect(last()).toMatchObject({ type: 'ports:grant', nonce: 'a' })
})

test('what a node that is down would open itself is not touched', () => {
  app.send('ports:accept', { link: 'news', nonce: 'a' })
  broker.giveUp('worker', tryAgain)
  expect(app.received).toEqual([])
})
