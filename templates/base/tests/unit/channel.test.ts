import { MessageChannel } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { type Channel, openChannel } from '../../src/ports/channel'

/** Contracts can be tested without Electron: a channel speaks over Node's ports as well. */
interface Library {
  find(title: string): Promise<{ title: string; pages: number }>
  read(title: string, signal: AbortSignal): AsyncIterable<string>
}

const library: Library = {
  async find(title) {
    if (title === '')
      throw Object.assign(new RangeError('A book has a title.'), { code: 'NO_TITLE' })
    return { title, pages: 3 }
  },
  async *read(title, signal) {
    for (let page = 1; !signal.aborted; page++) yield `${title}, page ${page}`
  },
}

let reader: Channel<Library>

function open(): Channel<Library> {
  const { port1, port2 } = new MessageChannel()
  openChannel(port2, library)
  reader = openChannel<Library>(port1)
  return reader
}

afterEach(() => reader.close())

test('a call is answered', async () => {
  const { call } = open()
  expect(await call.find('Emma')).toEqual({ title: 'Emma', pages: 3 })
})

test('an error arrives with its name, message and code', async () => {
  const { call } = open()
  const expected = { name: 'RangeError', message: 'A book has a title.', code: 'NO_TITLE' }
  await expect(call.find('')).rejects.toMatchObject(expected)
})

test('a stream ends when its reader leaves', async () => {
  const { stream } = open()
  const pages: string[] = []
  for await (const page of stream.read('Emma', new AbortController().signal)) {
    pages.push(page)
    if (pages.length === 20) break
  }
  expect(pages.at(-1)).toBe('Emma, page 20')
})

test('what waits fails when the other end closes', async () => {
  const channel = open()
  const pages = channel.stream.read('Emma', new AbortController().signal)[Symbol.asyncIterator]()
  await pages.next()
  channel.close()
  await expect(channel.call.find('Emma')).rejects.toMatchObject({ code: 'closed' })
})
