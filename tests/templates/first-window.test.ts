import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FirstWindow } from '../../templates/base/src/main/first-window.ts'
import { Quitting } from '../../templates/base/src/main/quitting.ts'

const { app } = vi.hoisted(() => ({ app: {} as EventEmitter }))
vi.mock('electron', () => ({ app }))

let first: FirstWindow
let started: string[]

beforeEach(() => {
  vi.useFakeTimers()
  Object.setPrototypeOf(app, new EventEmitter())
  first = new FirstWindow(new Quitting(() => true))
  started = []
})

afterEach(() => {
  vi.useRealTimers()
})

function wait(name: string): void {
  first.after(() => started.push(name))
}

function open(): EventEmitter {
  const window = new EventEmitter()
  first.add(window as BrowserWindow)
  return window
}

test.each(['ready-to-show', 'show', 'closed'])(
  'what waits starts in order, once, when the first window says that it is %s',
  (event) => {
    wait('hub')
    const window = open()
    wait('worker')
    vi.runAllTimers()
    expect(started).toEqual([])
    window.emit(event)
    for (const each of ['ready-to-show', 'show', 'closed']) window.emit(each)
    expect(started).toEqual(['hub', 'worker'])
  },
)

test('of several windows the one that is there first will do', () => {
  wait('hub')
  open()
  open().emit('show')
  expect(started).toEqual(['hub'])
})

test('nothing waits once the first window is there, nor where none is to come', () => {
  open().emit('show')
  wait('hub')
  expect(started).toEqual(['hub'])
  first.expect()
  wait('worker')
  expect(started).toEqual(['hub'])
  first.goOn()
  expect(started).toEqual(['hub', 'worker'])
})

test('what starts may have more wait, which then has to no longer', () => {
  first.after(() => wait('worker'))
  first.goOn()
  expect(started).toEqual(['worker'])
})

test('nothing starts while the app is about to end, and all does when that was refused', () => {
  wait('hub')
  const window = open()
  app.emit('before-quit', { defaultPrevented: false })
  window.emit('closed')
  expect(started).toEqual([])
  vi.runAllTimers()
  expect(started).toEqual(['hub'])
})
