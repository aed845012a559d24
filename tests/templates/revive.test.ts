import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { reviveAfterCrash } from '../../templates/base/src/main/revive.ts'

const log = vi.spyOn(console, 'error').mockImplementation(() => {})

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  log.mockClear()
  vi.useRealTimers()
})

/** As much of a BrowserWindow as takes part. */
class FakeWindow {
  isCrashed = false
  readonly load = vi.fn<() => void>(() => void (this.isCrashed = false))
  readonly webContents = Object.assign(new EventEmitter(), { isCrashed: () => this.isCrashed })
  isGone = false
  isDestroyed = (): boolean => this.isGone

  crash(reason = 'crashed'): void {
    this.isCrashed = true
    this.webContents.emit('render-process-gone', {}, { reason, exitCode: 5 })
  }
}

function revived(): FakeWindow {
  const window = new FakeWindow()
  reviveAfterCrash('worker', window as never, window.load)
  return window
}

test('loads a page again that crashed, after a pause, and says so', () => {
  const window = revived()
  window.crash()
  expect(window.load).not.toHaveBeenCalled()
  vi.advanceTimersByTime(100)
  expect(window.load).toHaveBeenCalledOnce()
  expect(log).toHaveBeenCalledWith(
    'The page of "worker" died (crashed, exit code 5) and is loaded again in 100 ms.',
  )
})

test('waits longer after each crash in a row, and gives up after the fifth', () => {
  const window = revived()
  const pauses = [100, 500, 2000, 5000, 15_000]
  for (const [crashes, pause] of pauses.entries()) {
    window.crash()
    vi.advanceTimersByTime(pause - 1)
    expect(window.load).toHaveBeenCalledTimes(crashes)
    vi.advanceTimersByTime(1)
    expect(window.load).toHaveBeenCalledTimes(crashes + 1)
  }
  window.crash()
  vi.runAllTimers()
  expect(window.load).toHaveBeenCalledTimes(5)
  expect(log).toHaveBeenLastCalledWith(
    'The page of "worker" died (crashed, exit code 5) once too often: it stays down.',
  )
})

test('begins anew with a page that lived for more than a minute', () => {
  const window = revived()
  for (let i = 0; i < 20; i++) {
    window.crash()
    vi.advanceTimersByTime(100)
    expect(window.load).toHaveBeenCalledTimes(i + 1)
    vi.advanceTimersByTime(61_000)
  }
})

test('leaves a page alone that ended by itself, and a window that is gone', () => {
  const window = revived()
  window.crash('clean-exit')
  vi.runAllTimers()
  window.crash()
  window.isGone = true
  vi.runAllTimers()
  expect(window.load).not.toHaveBeenCalled()
})

test('leaves a page alone that somebody has loaded meanwhile', () => {
  const window = revived()
  window.crash()
  window.isCrashed = false
  vi.runAllTimers()
  expect(window.load).not.toHaveBeenCalled()
})
