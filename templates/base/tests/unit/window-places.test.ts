import { EventEmitter } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindow, Rectangle } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const { profile } = vi.hoisted(() => ({ profile: { path: '' } }))
vi.mock('electron', () => {
  const display = { workArea: { x: 0, y: 0, width: 1920, height: 1080 } }
  const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] }
  return { app: { getPath: () => profile.path }, screen }
})

/** As much of a window as has a place. */
class FakeWindow extends EventEmitter {
  bounds: Rectangle = { x: 100, y: 100, width: 1080, height: 760 }
  isMaximized = (): boolean => this.#isMaximized
  isMinimized = (): boolean => false
  isFullScreen = (): boolean => false
  isDestroyed = (): boolean => false
  getNormalBounds = (): Rectangle => this.bounds
  setBounds = (bounds: Rectangle): void => void (this.bounds = bounds)
  #isMaximized = false
  maximize(): void {
    this.#isMaximized = true
    this.emit('maximize')
  }
  /** As the user does. */
  move(bounds: Partial<Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds }
    this.emit('move')
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  profile.path = mkdtempSync(join(tmpdir(), 'window-places-'))
})

afterEach(() => {
  vi.useRealTimers()
  rmSync(profile.path, { recursive: true })
})

const file = (): string => join(profile.path, 'window-places.json')

/** A window in a new run of the app. */
async function open(name = 'app'): Promise<FakeWindow> {
  vi.resetModules()
  const { keepPlace } = await import('../../src/main/desktop/window-places')
  const window = new FakeWindow()
  keepPlace(window as unknown as BrowserWindow, name)
  return window
}

test('a window is where it was left, and others are not', async () => {
  const moved = await open()
  moved.move({ x: 300, width: 700 })
  vi.advanceTimersByTime(500)
  expect((await open()).bounds).toEqual({ x: 300, y: 100, width: 700, height: 760 })
  expect((await open('preview')).bounds).toEqual(new FakeWindow().bounds)
})

test('a window that was maximized is so once it is shown, and has its size below that', async () => {
  const left = await open()
  left.move({ width: 700 })
  left.maximize()
  left.emit('close')
  const window = await open()
  expect([window.isMaximized(), window.bounds.width]).toEqual([false, 700])
  window.emit('show')
  expect(window.isMaximized()).toBe(true)
})

test('a place is written once, when the window rests, and whole', async () => {
  const window = await open()
  for (let x = 0; x < 300; x++) window.move({ x })
  vi.advanceTimersByTime(499)
  expect(readdirSync(profile.path)).toEqual([])
  vi.advanceTimersByTime(1)
  expect(readdirSync(profile.path)).toEqual(['window-places.json'])
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ app: { x: 299 } })
})

test('a window that is closed in the middle of a move is where it was then', async () => {
  const window = await open()
  window.move({ x: 300 })
  window.emit('close')
  expect((await open()).bounds.x).toBe(300)
})

test.each(['', '{"app":', '[]', 'null', '{"app":{"x":"left"}}', '{"app":null}'])(
  'a file that holds "%s" is as none',
  async (text) => {
    writeFileSync(file(), text)
    expect((await open()).bounds).toEqual(new FakeWindow().bounds)
  },
)

test('of more windows than are remembered those count that were moved last', async () => {
  const { keepPlace } = await import('../../src/main/desktop/window-places')
  for (let each = 1; each <= 300; each++) {
    const window = new FakeWindow()
    keepPlace(window as unknown as BrowserWindow, `document ${each}`)
    window.move({ height: each })
    window.emit('close')
  }
  expect(Object.keys(JSON.parse(readFileSync(file(), 'utf8')))).toHaveLength(200)
  expect((await open('document 300')).bounds.height).toBe(300)
  expect((await open('document 101')).bounds.height).toBe(101)
  expect((await open('document 100')).bounds).toEqual(new FakeWindow().bounds)
})
