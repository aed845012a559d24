import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const { app, dialog } = vi.hoisted(() => ({
  app: {} as EventEmitter & { quit(): void },
  dialog: {} as { showMessageBox: (options: Box) => Promise<{ response: number }> },
}))
vi.mock('electron', () => ({ app, dialog }))

interface Box {
  detail: string
  signal: AbortSignal
}

const [END, GO_ON] = [0, 1]
const errors: unknown[][] = []

let holdQuit: typeof import('../../src/main/desktop/hold-quit').holdQuit
let ends: number
let shown: number
let box: (Box & { answer: (response: number) => void }) | undefined

beforeEach(async () => {
  vi.useFakeTimers()
  vi.resetModules()
  vi.spyOn(console, 'error').mockImplementation((...line) => errors.push(line))
  errors.length = 0
  ends = 0
  shown = 0
  box = undefined
  Object.setPrototypeOf(app, new EventEmitter())
  Object.assign(app, { name: 'my-app', quit })
  dialog.showMessageBox = (options) =>
    new Promise((resolve) => {
      box = { ...options, answer: (response) => resolve({ response }) }
      options.signal.addEventListener('abort', () => resolve({ response: GO_ON }))
    })
  const module = await import('../../src/main/desktop/hold-quit')
  holdQuit = module.holdQuit
  module.keepHolds(() => (shown += 1))
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** As Electron's. */
function quit(): void {
  const event = { isPrevented: false, preventDefault: () => (event.isPrevented = true) }
  app.emit('before-quit', event)
  if (!event.isPrevented) ends += 1
}

/** Work that is under way until it is told to be done. */
function begin(): { work: Promise<void>; finish: () => void } {
  let finish!: () => void
  const work = new Promise<void>((resolve) => (finish = resolve))
  return { work, finish }
}

test('an app ends at once where nothing is held', () => {
  quit()
  expect(ends).toBe(1)
})

test('an app ends when the work under way is done, however often it is told to', async () => {
  const { work, finish } = begin()
  holdQuit('Saving the picture', work)
  quit()
  quit()
  await vi.advanceTimersByTimeAsync(900)
  expect(ends).toBe(0)
  finish()
  await vi.advanceTimersByTimeAsync(0)
  expect([ends, box]).toEqual([1, undefined])
})

test('what is to be saved is saved at the end, and what that begins is waited for', async () => {
  const steps: string[] = []
  holdQuit('Saving', async () => {
    holdQuit(
      'Telling',
      Promise.resolve().then(() => steps.push('told')),
    )
    steps.push('saved')
  })
  quit()
  await vi.advanceTimersByTimeAsync(0)
  expect([steps, ends]).toEqual([['saved', 'told'], 1])
})

test('an app goes on when what is held says no, with a window, and asks it again the next time', async () => {
  let answer = false
  holdQuit('Asking', async () => answer)
  quit()
  await vi.advanceTimersByTimeAsync(0)
  expect([ends, shown]).toEqual([0, 1])
  answer = true
  quit()
  await vi.advanceTimersByTimeAsync(0)
  expect(ends).toBe(1)
})

test('work that fails is logged, and holds nothing up', async () => {
  const error = new Error('The disk is full.')
  holdQuit('Saving', () => Promise.reject(error))
  quit()
  await vi.advanceTimersByTimeAsync(0)
  expect(ends).toBe(1)
  expect(errors).toEqual([['Saving failed before the end of the app:', error]])
})

test('the user is asked after a second, and may end the app at once', async () => {
  holdQuit('Saving the picture', new Promise(() => {}))
  quit()
  await vi.advanceTimersByTimeAsync(1000)
  expect(box?.detail).toContain('Saving the picture')
  box?.answer(END)
  await vi.advanceTimersByTimeAsync(0)
  expect(ends).toBe(1)
})

test('the user may have the app go on, and is asked again the next time', async () => {
  holdQuit('Saving', new Promise(() => {}))
  quit()
  await vi.advanceTimersByTimeAsync(1000)
  box?.answer(GO_ON)
  await vi.advanceTimersByTimeAsync(60_000)
  expect([ends, shown]).toEqual([0, 1])
  box = undefined
  quit()
  await vi.advanceTimersByTimeAsync(1000)
  expect(box).toBeDefined()
})

test('the question goes when the work is done', async () => {
  const { work, finish } = begin()
  holdQuit('Saving', work)
  quit()
  await vi.advanceTimersByTimeAsync(1000)
  finish()
  await vi.advanceTimersByTimeAsync(0)
  expect([box?.signal.aborted, ends, shown]).toEqual([true, 1, 0])
})

test('an app ends after half a minute, whoever is there to answer, and says what was not done', async () => {
  holdQuit('Saving the picture', new Promise(() => {}))
  quit()
  await vi.advanceTimersByTimeAsync(29_999)
  expect(ends).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(ends).toBe(1)
  expect(errors).toEqual([['The app ended before it was done: Saving the picture.']])
})

test('what is taken back is not waited for', () => {
  const takeBack = holdQuit('Saving', () => new Promise(() => {}))
  takeBack()
  quit()
  expect(ends).toBe(1)
})
