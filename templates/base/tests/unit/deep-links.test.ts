import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { SCHEME } from '../../src/scheme'

type DeepLinks = typeof import('../../src/main/desktop/deep-links')

const { app } = vi.hoisted(() => ({ app: {} as EventEmitter }))
vi.mock('electron', () => ({ app }))

const { argv } = process
const warnings: string[] = []
let links: DeepLinks
let heard: string[]
let isReady: boolean

beforeEach(async () => {
  vi.resetModules()
  vi.stubEnv('ELECTRON_RENDERER_URL', undefined)
  vi.spyOn(console, 'warn').mockImplementation((line) => warnings.push(line))
  warnings.length = 0
  isReady = false
  heard = []
  Object.setPrototypeOf(app, new EventEmitter())
  Object.assign(app, { requestSingleInstanceLock: () => true, isReady: () => isReady })
  links = await import('../../src/main/desktop/deep-links')
  const { isOnlyInstance } = await import('../../src/main/desktop/one-instance')
  isOnlyInstance()
})

afterEach(() => {
  process.argv = argv
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const listen = (): void => links.onDeepLink(({ href }) => heard.push(href))

/** As Electron on macOS. */
function open(url: string): boolean {
  let isOurs = false
  app.emit('open-url', { preventDefault: () => (isOurs = true) }, url)
  return isOurs
}

test('a link that the app was started for is heard once somebody listens', () => {
  process.argv = ['app', '.', '--flag', `${SCHEME}://open?id=7`]
  links.receiveDeepLinks()
  expect(heard).toEqual([])
  listen()
  expect(heard).toEqual([`${SCHEME}://open?id=7`])
})

test('a link of a second start is heard', () => {
  links.receiveDeepLinks()
  listen()
  app.emit('second-instance', {}, ['app', `${SCHEME.toUpperCase()}://open/2`], '/home')
  expect(heard).toEqual([`${SCHEME}://open/2`])
})

test('a link is heard that macOS tells of, before and after somebody listens', () => {
  links.receiveDeepLinks()
  expect(open(`${SCHEME}://early`)).toBe(true)
  listen()
  open(`${SCHEME}://late`)
  expect(heard).toEqual([`${SCHEME}://early`, `${SCHEME}://late`])
})

test('what is no link of this app is not heard', () => {
  process.argv = ['https://example.com', 'file:///etc/passwd', `x${SCHEME}://open`, SCHEME]
  links.receiveDeepLinks()
  listen()
  expect([heard, warnings]).toEqual([[], []])
})

test.each([`${SCHEME}://open?${'x'.repeat(2048)}`, `${SCHEME}://open\n`, `${SCHEME}://[`])(
  'a malformed link is dropped, and that is said',
  (link) => {
    links.receiveDeepLinks()
    listen()
    open(link)
    expect(heard).toEqual([])
    expect(warnings).toEqual(['A link to this app was malformed, or too long, and was dropped.'])
  },
)

test('of a flood of links that nobody hears the latest are kept', () => {
  links.receiveDeepLinks()
  for (let each = 1; each <= 100; each++) open(`${SCHEME}://open/${each}`)
  listen()
  expect(heard).toHaveLength(16)
  expect([heard[0], heard[15]]).toEqual([`${SCHEME}://open/85`, `${SCHEME}://open/100`])
})

test('a link that waits for nobody is told of once the app runs, without its words', () => {
  process.argv = ['app', `${SCHEME}://secret`]
  links.receiveDeepLinks()
  expect(warnings).toEqual([])
  isReady = true
  links.claimDeepLinks()
  links.claimDeepLinks() // for the next window
  open(`${SCHEME}://secret`)
  const line = 'A link to this app was followed, and nobody listens: a service can, by onDeepLink.'
  expect(warnings).toEqual([line, line])
  listen()
  open(`${SCHEME}://secret`)
  expect(warnings).toHaveLength(2)
})

/** The schemes that an app asks the system for, whose windows are shown one after the other. */
function claimOn(system: string, isPackaged: boolean): string[] {
  const { platform } = process
  onTestFinished(() => void Object.defineProperty(process, 'platform', { value: platform }))
  Object.defineProperty(process, 'platform', { value: system })
  const asked: string[] = []
  const setAsDefaultProtocolClient = (scheme: string): unknown => asked.push(scheme)
  Object.assign(app, { isPackaged, setAsDefaultProtocolClient })
  links.claimDeepLinks()
  links.claimDeepLinks()
  return asked
}

test.each(['darwin', 'win32', 'linux'])(
  'on %s a packaged app asks once for its links where no desktop file of its own does',
  (system) => {
    expect(claimOn(system, true)).toEqual(system === 'linux' ? [] : [SCHEME])
  },
)

test('an app that is not packaged takes no links from the one that is', () => {
  expect(claimOn('darwin', false)).toEqual([])
})
