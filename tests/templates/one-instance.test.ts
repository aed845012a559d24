import { EventEmitter } from 'node:events'
import { beforeEach, expect, test, vi } from 'vitest'
import {
  type SecondStart,
  isOnlyInstance,
  onSecondStart,
} from '../../templates/base/src/main/desktop/one-instance.ts'

const { app } = vi.hoisted(() => ({ app: {} as EventEmitter }))
vi.mock('electron', () => ({ app }))

let said: unknown
let asked: number
let heard: SecondStart[]

beforeEach(() => {
  heard = []
  asked = 0
  Object.setPrototypeOf(app, new EventEmitter())
  lock(true)
})

function lock(isFree: boolean): void {
  const requestSingleInstanceLock = (data: unknown): boolean => {
    said = structuredClone(data)
    asked += 1
    return isFree
  }
  Object.assign(app, { requestSingleInstanceLock })
}

/** What the first instance is told of a start with `args`. */
function startWith(args: string[]): void {
  expect(isOnlyInstance()).toBe(true)
  const stop = onSecondStart((start) => heard.push(start))
  const { argv } = process
  process.argv = args
  lock(false)
  expect(isOnlyInstance()).toBe(false)
  process.argv = argv
  app.emit('second-instance', {}, ['of', 'Chromium'], '/home/me', said)
  stop()
}

test.each([
  [['app']],
  [['app', 'a file.txt', '文件 ä.txt', '\uD800']],
  [Array.from({ length: 11 }, (_, index) => `${index}`)],
])('the first hears of the arguments of a second as they are: %j', (args) => {
  startWith(args)
  expect(heard).toEqual([{ args, folder: '/home/me' }])
})

test('what is said has nothing that Electron loses on its way', () => {
  startWith(Array.from({ length: 11 }, () => '文 件'))
  expect(said).toEqual({ args: expect.stringMatching(/^[\w+/=]+$/) })
})

test('of arguments that are too long for a message the first hears as Chromium has them', () => {
  startWith(['x'.repeat(10_000)])
  expect(said).toEqual({ args: undefined })
  expect(heard).toEqual([{ args: ['of', 'Chromium'], folder: '/home/me' }])
})

test('who stopped listening hears nothing', () => {
  startWith(['app'])
  app.emit('second-instance', {}, [], '/home/me', undefined)
  expect(heard).toHaveLength(1)
})

test('in development there may be two, for the next is started before the last has ended', () => {
  vi.stubEnv('ELECTRON_RENDERER_URL', 'http://localhost:5173')
  lock(false)
  expect(isOnlyInstance()).toBe(true)
  expect(asked).toBe(0)
  Object.assign(app, { isPackaged: true })
  expect(isOnlyInstance()).toBe(false)
  vi.unstubAllEnvs()
})
