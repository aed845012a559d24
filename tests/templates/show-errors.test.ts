import { EventEmitter } from 'node:events'
import type { WebContents } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { showErrorsOf } from '../../templates/base/src/main/show-errors.ts'

const lines: string[] = []
let contents: EventEmitter

beforeEach(() => {
  lines.length = 0
  vi.spyOn(console, 'error').mockImplementation((line) => lines.push(line))
  contents = new EventEmitter()
  showErrorsOf(contents as WebContents, 'worker', console.error)
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('an error is shown that the event tells of, as since Electron 35', () => {
  for (const level of ['error', 'warning', 'info', 'debug']) {
    const event = { level, message: `It says ${level}.`, lineNumber: 7, sourceId: 'app://page' }
    // The arguments, too, for as long as Electron has them.
    contents.emit('console-message', event, 3, event.message, 7, 'app://page')
  }
  expect(lines).toEqual(['[worker] It says error. (app://page:7)'])
})

test('an error is shown that arguments tell of, as before Electron 35', () => {
  for (const level of [0, 1, 2, 3]) {
    contents.emit('console-message', {}, level, `It says ${level}.`, 7, 'app://page')
  }
  expect(lines).toEqual(['[worker] It says 3. (app://page:7)'])
})

test('the listener takes one argument by name, or Electron would warn of it', () => {
  expect(contents.listeners('console-message').map(({ length }) => length)).toEqual([1])
})

test('what the page says reaches the terminal cut, and without orders to it', () => {
  const message = `\u001B]0;owned\u0007${'x'.repeat(20_000_000)}`
  const began = performance.now()
  for (let times = 0; times < 20; times++) {
    contents.emit('console-message', { level: 'error', message, lineNumber: 7, sourceId: message })
  }
  expect(performance.now() - began).toBeLessThan(1000)
  for (const line of lines as string[]) {
    expect(line.length).toBeLessThan(700)
    expect(line).toMatch(/^\[worker\] \uFFFD\]0;owned\uFFFDx+… \(\uFFFD\]0;owned\uFFFDx+…:7\)$/)
  }
})
