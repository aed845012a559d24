import { expect, test, vi } from 'vitest'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { meet, newDeferred, outcome, quiet } from './pair.ts'

test('a call is answered with what its handler returns', async () => {
  const { reader } = meet({ find: async (title: string) => ({ title, pages: 3 }) })
  expect(await reader.call.find('Emma')).toEqual({ title: 'Emma', pages: 3 })
})

test('arguments and answers cross as structured clones', async () => {
  const { reader } = meet({ echo: async (...args: unknown[]) => args })
  const args = [new Map([[1, new Date(0)]]), 10n, undefined, new Uint8Array([1, 2]), /a/g, null]
  expect(await reader.call.echo(...args)).toEqual(args)
})

test('a handler may answer at once, without a promise', async () => {
  const { reader } = meet({ count: (() => 3) as unknown as () => Promise<number> })
  expect(await reader.call.count()).toBe(3)
})

test('calls are answered each with its own answer, in whatever order', async () => {
  const books = { Emma: newDeferred<number>(), Persuasion: newDeferred<number>() }
  const { reader } = meet({ count: (title: keyof typeof books) => books[title].promise })
  const answered: unknown[] = []
  const calls = (['Emma', 'Persuasion'] as const).map(async (title) =>
    answered.push([title, await reader.call.count(title)]),
  )

  books.Persuasion.resolve(2)
  await quiet()
  books.Emma.resolve(1)
  await Promise.all(calls)

  expect(answered).toEqual([
    ['Persuasion', 2],
    ['Emma', 1],
  ])
})

test('both ends serve and call at once', async () => {
  const { reader, library } = meet(
    { find: async (title: string) => `found ${title}` },
    { reader: { sign: async (title: string) => `signed for ${title}` } },
  )
  expect(
    await Promise.all([
      reader.call.find('Emma'),
      library.call.sign('Emma'),
      reader.call.find('Persuasion'),
      library.call.sign('Persuasion'),
    ]),
  ).toEqual(['found Emma', 'signed for Emma', 'found Persuasion', 'signed for Persuasion'])
})

test('a handler may call back while its own caller waits', async () => {
  const { reader, library } = meet(
    { find: async (title: string) => `${title} for ${await library.call.name()}` },
    { reader: { name: async () => 'Ada' } },
  )
  expect(await reader.call.find('Emma')).toBe('Emma for Ada')
})

test('a handler is called on the object that it belongs to', async () => {
  class Shelf {
    readonly #books = ['Emma']
    async list(): Promise<string[]> {
      return this.#books
    }
  }
  const shelf = new Shelf()
  const { reader } = meet(shelf)
  expect(await reader.call.list()).toEqual(['Emma'])
})

test('a notification is heard, in its order, and nothing comes back', async () => {
  const opened: string[] = []
  const { reader, said } = meet({ opened: (title: string) => void opened.push(title) })

  reader.notify.opened('Emma')
  reader.notify.opened('Persuasion')
  await quiet()

  expect(opened).toEqual(['Emma', 'Persuasion'])
  expect(said.library).toEqual([])
})

test('a notification that fails is shown where it was heard', async () => {
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { reader, said } = meet({
    opened(title: string): void {
      throw new Error(`${title} is closed.`)
    },
  })

  reader.notify.opened('Emma')
  ;(reader.notify as unknown as { burned(): void }).burned()
  await quiet()

  const [first, second] = shown.mock.calls.map(([words]) => words)
  expect(first).toMatch(/^The notification "opened" failed: Error: Emma is closed\.\n {4,}at /)
  expect(second).toMatch(/^The notification "burned" failed: PortError: "burned" has no handler/)
  expect(said.library).toEqual([])
  shown.mockRestore()
})

test.each([
  'burn',
  'shelves',
  '',
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
])('"%s" is rejected, for it is no method that the other end serves', async (name) => {
  class Library {
    readonly shelves = 12
    async find(): Promise<void> {}
  }
  const { reader } = meet(new Library())
  const error = new PortError(
    'no-handler',
    `"${name}" has no handler at the other end of the port.`,
  )

  // Those that are in every object are asked for by no verb, but by whoever speaks the protocol.
  expect(await outcome(reader.ask.call(name, []))).toEqual({ error })
  expect(await outcome(reader.ask.stream(name, []).next())).toEqual({ error })
  expect(await outcome(reader.call.find())).toEqual({ value: undefined })
})

test('a verb may be awaited, for it is no promise', async () => {
  const { reader, said } = meet({ find: async () => 'Emma' })
  const call = await reader.call
  expect(await call.find()).toBe('Emma')
  expect(said.reader).toHaveLength(1)
})

test('a call that closes its channel as it is made fails with the code closed', async () => {
  const { reader } = meet({ find: async (book: object) => book })
  const book = {
    get title() {
      reader.close()
      return 'Emma'
    },
  }
  expect(await outcome(reader.call.find(book))).toMatchObject({ error: { code: 'closed' } })
})
