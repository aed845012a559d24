import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Channel, openChannel } from '../../src/ports/channel/channel'

/** Contracts can be tested without Electron: a channel speaks over Node's ports as well. */
interface Library {
  find(title: string): Promise<{ title: string; pages: number }>
  read(title: string): AsyncIterable<string>
  lend(title: string): Promise<void>
}

const library: Library = {
  async find(title) {
    if (title === '')
      throw Object.assign(new RangeError('A book has a title.'), { code: 'NO_TITLE' })
    return { title, pages: 3 }
  },
  async *read(title) {
    try {
      for (let page = 1; ; page++) yield `${title}, page ${page}`
    } finally {
      isReading = false
    }
  },
  lend: () => new Promise(() => {}), // never
}

let isReading = true
let reader: Channel<Library>
let librarian: Channel<object>

beforeEach(() => {
  const { port1, port2 } = new MessageChannel()
  librarian = openChannel(port2, library)
  reader = openChannel<Library>(port1)
})

afterEach(() => reader.close())

test('a call is answered', async () => {
  expect(await reader.call.find('Emma')).toEqual({ title: 'Emma', pages: 3 })
})

test('an error arrives with its name, message and code', async () => {
  const expected = { name: 'RangeError', message: 'A book has a title.', code: 'NO_TITLE' }
  await expect(reader.call.find('')).rejects.toMatchObject(expected)
})

test('a stream ends at the other end when its reader leaves', async () => {
  const pages: string[] = []
  for await (const page of reader.stream.read('Emma')) {
    pages.push(page)
    if (pages.length === 20) break
  }
  expect(pages.at(-1)).toBe('Emma, page 20')
  await vi.waitFor(() => expect(isReading).toBe(false))
})

test('what waits fails when the other end closes', async () => {
  const loan = reader.call.lend('Emma')
  librarian.close()
  await expect(loan).rejects.toMatchObject({ code: 'closed' })
})
