import { expect, test } from 'vitest'
import { type Channel, openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { meetHeld, newListener, newPage, numberOf, upTo } from './held.ts'
import { meet, newController, newDeferred, outcome, quiet, readAll, whenAborted } from './pair.ts'
import type { ThreadLibrary } from './thread-library.ts'
import { startThread } from './thread.ts'

test('6,000 messages of 70 kB to a thread that sleeps arrive all, and in order', async () => {
  const thread = await startThread()
  const channel: Channel<ThreadLibrary> = openChannel(thread.port)
  channel.notify.sleep(1000)
  const page = newPage(0)
  for (const number of upTo(6000)) channel.notify.note(number, page)
  expect(await channel.call.noted()).toEqual(upTo(6000))
  channel.close()
  await thread.end()
}, 30_000)

test('two ends that flood each other hear all of it', async () => {
  const [atReader, atLibrary] = [newListener(), newListener()]
  const { reader, library } = meet(atLibrary, { reader: atReader })
  for (const page of upTo(200)) {
    reader.notify.note(page % 2 === 0 ? newPage(page) : page)
    library.notify.note(page % 3 === 0 ? newPage(page) : page)
  }
  await until(() => atReader.heard.length + atLibrary.heard.length === 400)
  expect([atReader.heard, atLibrary.heard]).toEqual([upTo(200), upTo(200)])
})

test('two ends that ask each other, and answer, with large messages come to their answers', async () => {
  const clerk = { copy: async (page: Uint32Array) => page.map((number) => -number) }
  const { reader, library } = meet(clerk, { reader: clerk })
  const asked = [reader, library].flatMap((end) =>
    upTo(100).map(async (page) => numberOf(await end.call.copy(newPage(page)))),
  )
  const expected = upTo(100).map((page) => -page)
  expect(new Int32Array((await Promise.all(asked)) as number[])).toEqual(
    new Int32Array([...expected, ...expected]),
  )
})

test('what the other end says is heard while much has to wait', async () => {
  const { reader, library, release } = meetHeld(newListener(), {
    find: async (page: number) => page,
    async *read() {
      yield* upTo(100)
    },
  })
  library.notify satisfies object
  for (const page of upTo(100)) reader.notify.note(newPage(page))
  const answer = library.call.find(1)
  const items = readAll(library.stream.read())
  await quiet()
  release()
  expect(await answer).toBe(1)
  expect(await items).toEqual([...upTo(100), 'end'])
})

test('a call that waits behind large messages is cancelled there', async () => {
  const stopped = newDeferred<unknown>()
  const { reader, release } = meetHeld({
    ...newListener(),
    async find(signal: AbortSignal) {
      stopped.resolve(await whenAborted(signal))
    },
  })
  for (const page of upTo(20)) reader.notify.note(newPage(page))
  const controller = newController()
  const answer = outcome(reader.call.find(controller.signal))
  controller.abort('It rains.')
  expect(await answer).toEqual({ error: 'It rains.' })
  release()
  expect(await stopped.promise).toBe('It rains.')
})

test('a stream whose credit waits behind large messages goes on when they are read', async () => {
  const { reader, release } = meetHeld({
    ...newListener(),
    async *read() {
      yield* upTo(200)
    },
  })
  release()
  const items = reader.stream.read()
  expect(await items.next()).toEqual({ value: 1, done: false })
  for (const page of upTo(100)) reader.notify.note(newPage(page))
  expect(await readAll(items)).toEqual([...upTo(200).slice(1), 'end'])
})

test('a stream of large items stops when it is left', async () => {
  const left = newDeferred<number>()
  const { reader } = meet({
    async *read() {
      let page = 0
      try {
        for (;;) yield newPage(++page)
      } finally {
        left.resolve(page)
      }
    },
  })
  const seen: unknown[] = []
  for await (const page of reader.stream.read()) if (seen.push(numberOf(page)) === 20) break
  expect(seen).toEqual(upTo(20))
  expect(await left.promise).toBeLessThanOrEqual(20 + 16)
})

test('a handler whose answer has to wait behind large ones is answered for in order', async () => {
  const { reader, said } = meet({
    find: async (page: number) => (page < 20 ? newPage(page) : page),
  })
  const answers = upTo(25).map(async (page) => numberOf(await reader.call.find(page)))
  expect(await Promise.all(answers)).toEqual(upTo(25))
  const results = said.library.filter(([kind]) => kind === 'result')
  expect(results.map(([, id]) => id)).toEqual(upTo(25))
})

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await quiet()
}
