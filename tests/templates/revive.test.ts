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

/** As much of a window's contents as takes part. */
class FakeContents extends EventEmitter {
  readonly load = vi.fn<() => void>(() => void this.emit('did-start-loading'))
  readonly giveUp = vi.fn<() => void>()
  isGone = false
  isDestroyed = (): boolean => this.isGone
  readonly tryAgain = reviveAfterCrash('"worker"', this as never, this.load, this.giveUp)

  crash(reason = 'crashed'): void {
    this.emit('render-process-gone', {}, { reason, exitCode: 5 })
  }
}

const revived = (): FakeContents => new FakeContents()

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
  expect(window.giveUp).not.toHaveBeenCalled()
  window.crash()
  vi.runAllTimers()
  expect(window.load).toHaveBeenCalledTimes(5)
  expect(window.giveUp).toHaveBeenCalledOnce()
  expect(log).toHaveBeenLastCalledWith(
    'The page of "worker" died (crashed, exit code 5) once too often: it stays down.',
  )
})

test('tries a page again that was given up, with all its pauses before it', () => {
  const window = revived()
  for (let crashes = 0; crashes < 6; crashes++) {
    window.crash()
    vi.runAllTimers()
  }
  window.tryAgain()
  expect(window.load).toHaveBeenCalledTimes(6)
  window.crash()
  vi.advanceTimersByTime(100)
  expect(window.load).toHaveBeenCalledTimes(7)
})

test('tries a page at once that would be loaded later, and then only once', () => {
  const window = revived()
  window.crash()
  window.tryAgain()
  vi.runAllTimers()
  expect(window.load).toHaveBeenCalledOnce()
})

test.each(['clean-exit', 'abnormal-exit', 'killed', 'crashed', 'oom', 'launch-failed'])(
  'loads a page again whatever ended it: %s',
  (reason) => {
    const window = revived()
    window.crash(reason)
    vi.advanceTimersByTime(100)
    expect(window.load).toHaveBeenCalledOnce()
  },
)

test('begins anew with a page that lived for more than a minute', () => {
  const window = revived()
  for (let i = 0; i < 20; i++) {
    window.crash()
    vi.advanceTimersByTime(100)
    expect(window.load).toHaveBeenCalledTimes(i + 1)
    vi.advanceTimersByTime(61_000)
  }
})

test('leaves a page alone that lives, and a window that is gone', () => {
  const window = revived()
  window.tryAgain()
  window.crash()
  window.isGone = true
  vi.runAllTimers()
  window.tryAgain()
  expect(window.load).not.toHaveBeenCalled()
})

test('leaves a page alone that somebody has loaded meanwhile', () => {
  const window = revived()
  window.crash()
  window.emit('did-start-loading')
  vi.runAllTimers()
  expect(window.load).not.toHaveBeenCalled()
})
