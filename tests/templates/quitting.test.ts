import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Quitting } from '../../templates/base/src/main/quitting.ts'

const { app } = vi.hoisted(() => ({ app: {} as EventEmitter }))
vi.mock('electron', () => ({ app }))

let isWindowLeft: boolean
let quitting: Quitting

beforeEach(() => {
  vi.useFakeTimers()
  Object.setPrototypeOf(app, new EventEmitter())
  isWindowLeft = true
  quitting = new Quitting(() => isWindowLeft)
})

afterEach(() => {
  vi.useRealTimers()
})

/** As Electron's: whoever hears of it may prevent it. */
function emit(name: 'before-quit' | 'will-quit'): void {
  const event = { defaultPrevented: false, preventDefault: () => (event.defaultPrevented = true) }
  app.emit(name, event)
}

test('an app that nobody has told to quit is not about to end', () => {
  expect(quitting.isUnderWay).toBe(false)
})

test.each(['before-quit', 'will-quit'] as const)(
  'an app is about to end from its %s on',
  (name) => {
    isWindowLeft = false
    emit(name)
    expect(quitting.isUnderWay).toBe(true)
    vi.runAllTimers()
    expect(quitting.isUnderWay).toBe(true)
  },
)

test.each(['before-quit', 'will-quit'] as const)(
  'whoever prevents the %s may open a window in that very moment',
  (name) => {
    const seen: boolean[] = []
    app.on(name, (event: { preventDefault(): void }) => {
      event.preventDefault()
      seen.push(quitting.isUnderWay)
    })
    isWindowLeft = false
    emit(name)
    vi.runAllTimers()
    expect([...seen, quitting.isUnderWay]).toEqual([false, false])
  },
)

test('an app whose window refuses to be closed is not about to end after a second', () => {
  emit('before-quit')
  vi.advanceTimersByTime(999)
  expect(quitting.isUnderWay).toBe(true)
  vi.advanceTimersByTime(1)
  expect(quitting.isUnderWay).toBe(false)
})

test('what became of one attempt says nothing of the next', () => {
  emit('before-quit')
  vi.advanceTimersByTime(600)
  emit('before-quit')
  vi.advanceTimersByTime(600)
  expect(quitting.isUnderWay).toBe(true)
})
