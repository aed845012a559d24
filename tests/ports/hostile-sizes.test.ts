import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { decodeError, restoreErrorsIn } from '../../templates/base/src/ports/channel/error-data.ts'
import type { PortLike } from '../../templates/base/src/ports/channel/port.ts'
import type { ErrorData } from '../../templates/base/src/ports/channel/protocol.ts'
import { giants } from './hostile-posts.ts'
import { outcome, pack, quiet, whenAborted } from './pair.ts'
import { isExcessive } from './work.ts'

/** A port that the test reads for. */
function newOpenPort() {
  let listener: ((event: { data: unknown }) => void) | undefined
  const port = {
    addEventListener(type: string, listen: (event: { data: unknown }) => void) {
      if (type === 'message') listener = listen
    },
    start() {},
    close() {},
    postMessage: (post: unknown, transfer: never[]) => void structuredClone(post, { transfer }),
  }
  return { port: port as PortLike, read: (data: unknown): void => listener?.({ data }) }
}

/** All that somebody can say with something large in it. Each has somebody who waits for it. */
const sayings: [where: string, say: (giant: unknown) => unknown[][]][] = [
  ['an argument', (giant) => [['call', 5, 'find', undefined, giant]]],
  ['an argument that comes back', (giant) => [['call', 5, 'echo', undefined, giant]]],
  ['the name of what is called', (giant) => [['call', 5, giant, undefined]]],
  ['the places of signals', (giant) => [['call', 5, 'find', giant, 1, 2, 3]]],
  ['the number of a stream', (giant) => [['call', 5, 'find', { 0: giant }, 1]]],
  ['what is told', (giant) => [['notify', 'find', giant]]],
  ['the name of what is told', (giant) => [['notify', giant]]],
  ['a credit', (giant) => [['credit', 1, giant]]],
  ['an answer', (giant) => [['result', 1, giant]]],
  ['an item', (giant) => [['items', 2, giant]]],
  ['what was thrown', (giant) => [['error', 1, { thrown: giant }]]],
  ['a kind', (giant) => [[giant, 1]]],
  ['an id', (giant) => [['result', giant]]],
  ...['name', 'message', 'fields', 'stack', 'cause', 'errors'].flatMap((field): typeof sayings => {
    const newError = (giant: unknown) => ({
      name: 'Error',
      message: 'lost',
      fields: {},
      [field]: giant,
    })
    return [
      [`the ${field} of an error`, (giant) => [['error', 1, newError(giant)]]],
      [`the ${field} of a reason`, (giant) => [['cancel', 3, newError(giant)]]],
      [`the ${field} of a reason for nobody`, (giant) => [['cancel', 77, newError(giant)]]],
      [`the ${field} of a cause`, (giant) => [['error', 1, newError(newError(giant))]]],
    ]
  }),
]

interface Library {
  name(): Promise<unknown>
  pages(): AsyncIterable<unknown>
}

const handlers = {
  find: async (...args: unknown[]) => args.length,
  echo: async (value: unknown) => value,
  wait: whenAborted,
  async fail(name: string) {
    throw new Error(`There is no ${name}`)
  },
}

/** A channel with a call and a stream that wait, of ids 1 and 2, and a job of id 3 that can be stopped. */
async function meet() {
  const { port, read } = newOpenPort()
  const channel = openChannel<Library>(port, handlers)
  const waiting = [
    outcome(channel.call.name()),
    outcome(channel.stream.pages()[Symbol.asyncIterator]().next()),
  ]
  read(pack(['call', 3, 'wait', { 0: 0 }, undefined]))
  await quiet()
  return { channel, read, waiting }
}

describe.each(giants)('%s of great size', (_, giant) => {
  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}))
  afterEach(() => void vi.restoreAllMocks())

  test.each(sayings)('takes no more work than its size explains: as %s', async (_where, say) => {
    const { channel, read } = await meet()
    expect(await isExcessive(pack(...say(giant)), read)).toBe(false)
    channel.close()
    await quiet()
  })
})

/** A few fields, and by them errors without end: each is its own cause, and a hundred times among its own errors. */
function newMaze(): object {
  const fields = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`field ${at}`, at]))
  const maze = { name: 'AggregateError', message: 'lost', fields, errors: [] as object[] }
  // The same fields in other data, and the same data.
  for (let count = 0; count < 50; count++) maze.errors.push(maze, { ...maze })
  return Object.assign(maze, { cause: maze })
}

test('a small error that leads to ever more of them takes no more work than its size explains', async () => {
  const read = (data: unknown): unknown => decodeError(data as ErrorData)
  expect(await isExcessive(newMaze(), read)).toBe(false)
})

test('many errors in a value, all with the same data, take no more work than their size explains', async () => {
  const maze = newMaze()
  const errors = Array.from({ length: 20_000 }, () => new Error())
  const post = [errors, Array.from(errors, () => maze)] as [Error[], object[]]
  const read = (data: unknown): unknown => restoreErrorsIn(...(data as typeof post))
  expect(await isExcessive(post, read)).toBe(false)
}, 20_000)

describe('The longest text there can be', () => {
  const longest = 'x'.repeat(2 ** 29 - 24)
  const cut = `${'x'.repeat(300)}…`

  test('as the reason of a close is cut before it is told', async () => {
    const { channel, read } = await meet()
    read(pack(['close', longest]))
    expect((await channel.closed).message).toBe(`The other end closed the port: ${cut}`)
  })

  test('as the name of a notification is cut before it is shown', async () => {
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { channel, read } = await meet()
    read(pack(['notify', longest]))
    await quiet()
    expect(shown).toHaveBeenCalledOnce()
    const [words] = shown.mock.calls[0] as [string]
    expect(words).toContain(`The notification "${cut}" failed: `)
    expect(words.length).toBeLessThan(6000)
    shown.mockRestore()
    channel.close()
  })

  test('as the message of an error is cut before anybody reads it', async () => {
    const { channel, read, waiting } = await meet()
    read(pack(['error', 1, { name: 'Error', message: longest, fields: {} }]))
    const { error } = (await waiting[0]) as { error: Error }
    expect(error.message).toBe('x'.repeat(100_000))
    expect(error.stack).toContain('xxx')
    channel.close()
  })
})

describe('What a terminal takes for an order', () => {
  const orders = '\x1b]0;mine\x07\x9b2J\u202e\r\n[main] All is well.'
  const shownAs = '\ufffd]0;mine\ufffd\ufffd2J\ufffd\ufffd\ufffd[main] All is well.'

  test('is not shown as the name of a notification', async () => {
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { channel, read } = await meet()
    read(pack(['notify', orders]))
    await quiet()
    const [words] = shown.mock.calls[0] as [string]
    expect(words).toContain(`The notification "${shownAs}" failed: PortError: "${shownAs}" has no`)
    shown.mockRestore()
    channel.close()
  })

  test('is not shown as a part of what a handler throws, nor can it begin a line', async () => {
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { channel, read } = await meet()
    read(pack(['notify', 'fail', orders]))
    await quiet()
    const lines = (shown.mock.calls[0] as [string])[0].split('\n')
    expect(lines[0]).toMatch(/^The notification "fail" failed: Error: There is no \ufffd]0;mine/)
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {4}[^\p{C}]*$/u)
    shown.mockRestore()
    channel.close()
  })
})
