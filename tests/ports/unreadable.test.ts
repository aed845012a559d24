import { MessageChannel } from 'node:worker_threads'
import { describe, expect, test, vi } from 'vitest'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { asMainPort } from './as-main-port.ts'
import { newPage, numberOf, upTo } from './held.ts'
import {
  MemoryPort,
  meet,
  newController,
  newDeferred,
  outcome,
  quiet,
  readAll,
  whenAborted,
} from './pair.ts'

/** What is posted well, and cannot be read at the other end, as shared memory in another process. */
const newShared = (): unknown => new Map([['memory', 'shared']])

const isShared = (field: unknown): boolean =>
  field instanceof Map && field.get('memory') === 'shared'

/** Two ends in different processes. */
function meetApart<Library extends object>(library: Library) {
  const ports = MemoryPort.pair()
  for (const port of ports) port.cannotRead((post) => post.some(isShared))
  return { ...meet(library, { ports }), ports }
}

const unread = expect.objectContaining({
  name: 'PortError',
  code: 'not-cloneable',
  message: expect.stringContaining('the other end cannot read it.'),
})

describe('What the other end cannot read', () => {
  test('fails its own call and no other, however often', async () => {
    const { reader, library } = meetApart({ find: async (page: unknown) => numberOf(page) })
    const answers = upTo(40).map((page) =>
      outcome(
        reader.call.find(page % 2 === 0 ? newShared() : page % 3 === 0 ? newPage(page) : page),
      ),
    )
    expect(await Promise.all(answers)).toEqual(
      upTo(40).map((value) => (value % 2 === 0 ? { error: unread } : { value })),
    )
    expect(await reader.call.find(newPage(7))).toBe(7)
    expect(library.dropped).toBe(20)
  })

  test('takes nothing along that was said in its tick', async () => {
    const heard: unknown[] = []
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { reader } = meetApart({ note: (page: unknown): void => void heard.push(numberOf(page)) })
    for (const page of upTo(30)) reader.notify.note(page % 5 === 0 ? newShared() : page)
    await quiet()
    expect(heard).toEqual(upTo(30).filter((page) => page % 5 !== 0))
    expect(shown).toHaveBeenCalledTimes(6)
    expect(shown).toHaveBeenCalledWith(expect.stringMatching(/^PortError: "note" was not sent/))
    shown.mockRestore()
  })

  test('leaves its place to others that wait', async () => {
    const { reader, ports } = meetApart({ find: async (page: unknown) => numberOf(page) })
    ports[1].hold()
    const shared = upTo(8).map(() => outcome(reader.call.find(newShared())))
    const pages = upTo(20).map((page) => reader.call.find(newPage(page)))
    ports[1].release()
    expect(await Promise.all(shared)).toEqual(upTo(8).map(() => ({ error: unread })))
    expect(await Promise.all(pages)).toEqual(upTo(20))
  })

  test('fails the stream that it is an argument of', async () => {
    const { reader } = meetApart({
      async *read(page: unknown) {
        yield page
      },
    })
    expect(await readAll(reader.stream.read(newShared()))).toEqual([unread])
    expect(await readAll(reader.stream.read(1))).toEqual([1, 'end'])
  })

  test('as an answer fails its call', async () => {
    const { reader } = meetApart({ find: async (page: number) => (page % 2 ? newShared() : page) })
    expect(await outcome(reader.call.find(1))).toEqual({ error: unread })
    expect(await reader.call.find(2)).toBe(2)
  })

  test('as an item breaks its stream, whose producer runs its finally', async () => {
    const left = newDeferred()
    const { reader } = meetApart({
      async *read() {
        try {
          for (let page = 1; ; page++) yield page === 5 ? newShared() : page
        } finally {
          left.resolve()
        }
      },
    })
    expect((await readAll(reader.stream.read())).at(-1)).toEqual(unread)
    await left.promise
  })

  test.each([1, 2, 3])(
    'as item %i of three is missed, though the producer was done',
    async (lost) => {
      const { reader } = meetApart({
        async *read() {
          for (const page of upTo(3)) yield page === lost ? newShared() : page
        },
      })
      const [failure, ...items] = (await readAll(reader.stream.read())).toReversed()
      expect(failure).toMatchObject({ code: 'not-cloneable' })
      expect(items.toReversed()).toEqual(upTo(3).filter((page) => page !== lost))
    },
  )

  test('as an item of an argument breaks that', async () => {
    async function* pages(): AsyncGenerator<unknown> {
      yield newShared()
    }
    const { reader } = meetApart({
      copy: async (items: AsyncIterable<unknown>) => (await readAll(items)).map(String),
    })
    expect(await reader.call.copy(pages())).toEqual([expect.stringContaining('could be read here')])
  })

  test('as a field of an error leaves the failure itself', async () => {
    const { reader } = meetApart({
      async lose() {
        throw Object.assign(new Error('It is lost.'), { shelf: newShared() })
      },
    })
    const lost = await outcome(reader.call.lose())
    expect(lost).toMatchObject({ error: expect.any(Error) })
  })

  test('as a field of a reason stops the job all the same', async () => {
    const stopped = newDeferred<unknown>()
    const { reader } = meetApart({
      wait: async (signal: AbortSignal) => stopped.resolve(await whenAborted(signal)),
    })
    const controller = newController()
    const answer = outcome(reader.call.wait(controller.signal))
    await quiet()
    const reason = Object.assign(new Error('It rains.'), { shelf: newShared() })
    controller.abort(reason)
    expect(await answer).toEqual({ error: reason })
    expect(await stopped.promise).toBeInstanceOf(Error)
  })

  test('does not keep an end that closes from closing', async () => {
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { reader, library } = meetApart({ note: (_page: unknown): void => {} })
    for (const page of upTo(20)) reader.notify.note(page % 2 ? newShared() : newPage(page))
    reader.close()
    expect(await library.closed).toMatchObject({ code: 'closed' })
    expect(shown).toHaveBeenCalled()
    shown.mockRestore()
  })
})

test('a port of main tells of a post that it cannot read by null', async () => {
  const { port1, port2 } = new MessageChannel()
  const channel = openChannel<object>(asMainPort(port2))
  const answer = new Promise((resolve) => port1.once('message', resolve))
  port1.postMessage(null)
  expect(await answer).toEqual([1, 'unread'])
  expect(channel.dropped).toBe(1)
  channel.close()
})

test('whoever says that it could not read what was never sent changes nothing', async () => {
  const { port1, port2 } = new MessageChannel()
  const channel = openChannel(port2)
  for (let times = 0; times < 100; times++) port1.postMessage([1, 'unread'])
  await quiet()
  expect(channel.dropped).toBe(0)
  channel.close()
})
