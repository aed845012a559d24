import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { showWindows, stayInDock } from '../../templates/base/src/main/desktop/show-windows.ts'

const { app, open } = vi.hoisted(() => ({ app: {} as EventEmitter, open: [] as unknown[] }))
vi.mock('electron', () => ({ app, BrowserWindow: { getAllWindows: () => open } }))

const { platform } = process
let calls: string[]
const openWindows = (): void => void calls.push('open')

beforeEach(() => {
  calls = []
  open.length = 0
  Object.setPrototypeOf(app, new EventEmitter())
})
afterEach(() => on(platform))

function on(system: NodeJS.Platform): void {
  Object.defineProperty(process, 'platform', { value: system })
}

function add(name: string, { isVisible = false, isMinimized = false }): void {
  const note = (what: string) => () => void calls.push(`${what} ${name}`)
  open.push({
    id: open.length + 1,
    isVisible: () => isVisible,
    isMinimized: () => isMinimized,
    restore: note('restore'),
    show: note('show'),
    focus: note('focus'),
  })
}

test('the window that is seen comes to the front, whatever works unseen', () => {
  add('worker', {})
  add('app', { isVisible: true })
  showWindows(openWindows)
  expect(calls).toEqual(['show app', 'focus app'])
})

test('of several the one that was opened first comes to the front, however they are listed', () => {
  for (const name of ['worker', 'app', 'preview', 'editor'])
    add(name, { isVisible: name !== 'worker' })
  for (const order of [open, open.toReversed(), [2, 1, 3, 0].map((at) => open[at])]) {
    open.splice(0, open.length, ...order)
    calls = []
    showWindows(openWindows)
    expect(calls).toEqual(['show app', 'focus app'])
  }
})

test('a window that is minimized is restored', () => {
  add('app', { isMinimized: true })
  showWindows(openWindows)
  expect(calls).toEqual(['restore app', 'show app', 'focus app'])
})

test('where no window is left they are opened', () => {
  add('worker', {})
  showWindows(openWindows)
  expect(calls).toEqual(['open'])
})

test('on macOS an app lives on without windows, and a click in the dock opens them', () => {
  on('darwin')
  stayInDock(openWindows)
  expect(app.emit('window-all-closed')).toBe(true)
  app.emit('activate', {}, true)
  expect(calls).toEqual([])
  app.emit('activate', {}, false)
  expect(calls).toEqual(['open'])
})

test.each(['linux', 'win32'] as const)('on %s it ends with its last window', (system) => {
  on(system)
  stayInDock(openWindows)
  expect(app.eventNames()).toEqual([])
})
