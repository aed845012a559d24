import { describe, expect, test } from 'vitest'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import type { Message } from '../../templates/base/src/ports/channel/protocol.ts'
import { transfer } from '../../templates/base/src/ports/channel/transfer.ts'
import { upTo } from './held.ts'
import { MemoryPort, countListeners, leave, meet, newController, newDeferred } from './pair.ts'
import { outcome, quiet, readAll, whenAborted } from './pair.ts'
import { recordPosts } from './posts.ts'

const OVER = new PortError('closed', 'The call that this stream was an argument of is over.')

/** Pages that say how many were made, and how it ended for them. */
function newPages(to = Infinity) {
  const pages = { started: 0, made: 0, left: 0 }
  async function* make(): AsyncGenerator<number> {
    pages.started += 1
    try {
      while (pages.made < to) yield ++pages.made
    } finally {
      pages.left += 1
    }
  }
  return Object.assign(pages, { items: make() })
}

/** A library that copies, in different ways, the pages it is given. */
function newLibrary() {
  const seen: unknown[][] = []
  const later = newDeferred<AsyncIterable<number>>()
  return {
    seen,
    later: later.promise,
    copy: async (pages: AsyncIterable<number>) => readAll(pages),
    async note(pages: AsyncIterable<number>) {
      seen.push(await readAll(pages))
    },
    async copySome(pages: AsyncIterable<number>, some: number) {
      const copied: number[] = []
      for await (const page of pages) if (copied.push(page) === some) break
      return copied
    },
    /** Answers at once, and goes on reading. */
    async copyLater(pages: AsyncIterable<number>) {
      void readAll(pages).then((read) => seen.push(read))
    },
    /** Answers at once, and leaves the reading to the test. */
    async keep(pages: AsyncIterable<number>) {
      later.resolve(pages)
    },
    ignore: async (_pages: AsyncIterable<number>, answer: string) => answer,
    async *double(pages: AsyncIterable<number>) {
      for await (const page of pages) yield 2 * page
    },
    async *ignoreAll(_pages: AsyncIterable<number>) {
      yield* [1, 2, 3]
    },
  }
}

type Library = Omit<ReturnType<typeof newLibrary>, 'seen' | 'later'>

describe('A stream among the arguments', () => {
  test('of a call is read by the handler, to its end', async () => {
    const { reader } = meet<Library>(newLibrary())
    const pages = newPages(100)
    expect(await reader.call.copy(pages.items)).toEqual([...upTo(100), 'end'])
    expect(pages).toMatchObject({ started: 1, made: 100, left: 1 })
  })

  test('of a stream is read by the handler, to its end', async () => {
    const { reader } = meet<Library>(newLibrary())
    const items = readAll(reader.stream.double(newPages(100).items))
    expect(await items).toEqual([...upTo(100).map((page) => 2 * page), 'end'])
  })

  test('may stand in any place, and beside others', async () => {
    const { reader } = meet({
      async compare(title: string, some: AsyncIterable<number>, _: undefined, ...rest: unknown[]) {
        const [others, signal, last] = rest as [AsyncIterable<number>, AbortSignal, string]
        const read = await Promise.all([readAll(some), readAll(others)])
        return [title, ...read, signal.aborted, last]
      },
    })
    const { signal } = newController()
    const rest = [newPages(3).items, signal, 'last'] as const
    const answer = reader.ask.call('compare', ['Emma', newPages(2).items, undefined, ...rest])
    expect(await answer).toEqual(['Emma', [1, 2, 'end'], [1, 2, 3, 'end'], false, 'last'])
  })

  test('is as far ahead of the handler as its credit', async () => {
    const gate = newDeferred()
    const { reader } = meet(
      {
        async copySlowly(pages: AsyncIterable<number>) {
          const copied: number[] = []
          for await (const page of pages) {
            copied.push(page)
            if (page === 1) await gate.promise
          }
          return copied.length
        },
      },
      { ports: MemoryPort.pair() },
    )
    const pages = newPages(100)
    const answer = reader.call.copySlowly(pages.items)
    await quiet()
    expect(pages.made).toBe(64)
    gate.resolve()
    expect(await answer).toBe(100)
  })

  test('is left by the handler, which runs its finally here', async () => {
    const { reader } = meet<Library>(newLibrary())
    const pages = newPages()
    expect(await reader.call.copySome(pages.items, 20)).toEqual(upTo(20))
    await quiet()
    expect(pages.left).toBe(1)
  })

  test('is left by the handler of a stream, while that goes on', async () => {
    const pages = newPages()
    const gate = newDeferred()
    const { reader } = meet({
      async *read(all: AsyncIterable<number>) {
        for await (const page of all) if (page === 3) break
        yield 'left'
        await gate.promise
      },
    })
    const items = reader.stream.read(pages.items)
    expect(await items.next()).toEqual({ value: 'left', done: false })
    await quiet()
    expect(pages.left).toBe(1)
    gate.resolve()
    expect(await readAll(items)).toEqual(['end'])
  })

  test('breaks at the handler as it breaks here, after what came before', async () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library)
    async function* read(): AsyncGenerator<number> {
      yield* upTo(20)
      throw Object.assign(new RangeError('Page 21 is torn.'), { code: 21 })
    }
    await reader.call.note(read())
    const torn = { name: 'RangeError', message: 'Page 21 is torn.', code: 21 }
    expect(library.seen).toEqual([[...upTo(20), expect.objectContaining(torn)]])
  })

  test('breaks at the handler where an item does not cross, and is left here', async () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library)
    const left = newDeferred()
    async function* read(): AsyncGenerator<unknown> {
      try {
        yield 1
        yield () => 2
      } finally {
        left.resolve()
      }
    }
    await reader.call.note(read() as AsyncIterable<number>)
    expect(library.seen).toEqual([[1, expect.objectContaining({ code: 'not-cloneable' })]])
    await left.promise
  })

  test('is not started when the handler does not read it', async () => {
    const { reader } = meet<Library>(newLibrary())
    const pages = newPages()
    expect(await reader.call.ignore(pages.items, 'Emma')).toBe('Emma')
    expect(await readAll(reader.stream.ignoreAll(pages.items))).toEqual([1, 2, 3, 'end'])
    await quiet()
    expect(pages).toMatchObject({ started: 0, left: 0 })
  })

  test('is read once: it is the same iterator every time', async () => {
    const { reader } = meet({
      async copyTwice(pages: AsyncIterable<number>) {
        const both = await Promise.all([readAll(pages), readAll(pages)])
        return [...both, await readAll(pages)]
      },
    })
    const pages = newPages(4)
    const [one, other, last] = (await reader.call.copyTwice(pages.items)) as unknown[][]
    expect([...(one ?? []), ...(other ?? [])].filter(Number).toSorted()).toEqual([1, 2, 3, 4])
    expect(last).toEqual(['end'])
    expect(pages.started).toBe(1)
  })

  test('may be any object that can be iterated so, each time anew', async () => {
    const { reader } = meet<Library>(newLibrary())
    const book = {
      async *[Symbol.asyncIterator]() {
        yield* upTo(3)
      },
    }
    expect(await reader.call.copy(book)).toEqual([1, 2, 3, 'end'])
    expect(await reader.call.copy(book)).toEqual([1, 2, 3, 'end'])
  })

  test('may be a stream that comes from the other end itself', async () => {
    const { reader } = meet<Library>(newLibrary())
    const doubled = reader.stream.double(newPages(20).items)
    expect(await reader.call.copy(doubled)).toEqual([...upTo(20).map((page) => 2 * page), 'end'])
  })

  test('may be a ReadableStream', async () => {
    const { reader } = meet<Library>(newLibrary())
    const pages = new ReadableStream<number>({
      start(controller) {
        for (const page of upTo(3)) controller.enqueue(page)
        controller.close()
      },
    })
    expect(await reader.call.copy(pages as unknown as AsyncIterable<number>)).toEqual([
      1,
      2,
      3,
      'end',
    ])
  })

  test('does not mix with those of other calls', async () => {
    const { reader } = meet<Library>(newLibrary())
    const copied = upTo(20).map((count) => reader.call.copy(newPages(count).items))
    const expected = upTo(20).map((count) => [...upTo(count), 'end'])
    expect(await Promise.all(copied)).toEqual(expected)
  })
})

test('arrays, Maps, generators that are not async, and streams deep in an argument are no such streams', async () => {
  const { reader, said } = meet({ list: async (...args: unknown[]) => args })
  expect(await reader.call.list([1, 2], new Set([3]), 'Emma')).toEqual([
    [1, 2],
    new Set([3]),
    'Emma',
  ])
  const [call] = said.reader
  expect(call?.[3]).toBeUndefined()
  const odd = [upTo(3).values(), [newPages().items], { pages: newPages().items }]
  for (const each of odd) {
    expect(await outcome(reader.call.list(each))).toMatchObject({
      error: { code: 'not-cloneable' },
    })
  }
})

describe('An argument that can be iterated over and yet arrives as itself', () => {
  /** What a folder's handle is in a page: the platform clones it, though Node has none. */
  class FileSystemDirectoryHandle {
    readonly name = 'library'
    getDirectoryHandle(): void {}
    async *[Symbol.asyncIterator]() {
      yield* upTo(3)
    }
  }

  const pages = (): ReadableStream<number> =>
    new ReadableStream({
      start(controller) {
        for (const page of upTo(3)) controller.enqueue(page)
        controller.close()
      },
    })

  test('is the handle of a folder, which the platform clones', async () => {
    const { reader, said } = meet({ list: async (folder: unknown) => folder })
    const folder = new FileSystemDirectoryHandle()
    expect(await reader.call.list(folder)).toEqual({ name: 'library' })
    expect(said.reader[0]?.[3]).toBeUndefined()
  })

  test('is a ReadableStream that is marked to be moved', async () => {
    const { reader, said } = meet({
      isStream: async (given: unknown) => given instanceof ReadableStream,
      copy: async (given: unknown) => readAll(given as AsyncIterable<number>),
    })
    expect(await reader.call.isStream(transfer(pages()))).toBe(true)
    expect(await reader.call.copy(transfer(pages()))).toEqual([1, 2, 3, 'end'])
    expect(said.reader.every((message) => message[3] === undefined)).toBe(true)
  })

  test('is an object with a port that is marked to be moved', async () => {
    const { port1, port2 } = new MessageChannel()
    const { reader } = meet({
      keep: async (desk: unknown) => Object.keys(desk as object).join(),
    })
    const desk = { port1, async *[Symbol.asyncIterator]() {} }
    expect(await reader.call.keep(transfer(desk, [port1]))).toBe('port1')
    port2.close()
  })
})

describe('A stream that is still read when its call is over', () => {
  /** A library that reads what it is given until it is told to stop, and beyond. */
  function newPatient() {
    const read = newDeferred<unknown[]>()
    return {
      read: read.promise,
      async copy(pages: AsyncIterable<number>, signal: AbortSignal) {
        void readAll(pages).then(read.resolve)
        await whenAborted(signal)
      },
    }
  }

  type Patient = Pick<ReturnType<typeof newPatient>, 'copy'>

  test('ends at the handler with the code closed when the call was answered', async () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library)
    const pages = newPages()
    await reader.call.copyLater(pages.items)
    await quiet()
    const [read] = library.seen
    expect(read?.at(-1)).toEqual(OVER)
    expect(pages.left).toBe(1)
  })

  test('ends so when the call was aborted', async () => {
    const patient = newPatient()
    const { reader } = meet<Patient>(patient)
    const pages = newPages()
    const controller = newController()
    const answer = outcome(reader.call.copy(pages.items, controller.signal))
    await quiet()
    controller.abort('It rains.')
    expect(await answer).toEqual({ error: 'It rains.' })
    expect((await patient.read).at(-1)).toEqual(OVER)
    await quiet()
    expect(pages.left).toBe(1)
    expect(countListeners(controller.signal)).toBe(0)
  })

  test('ends so when the time of the call is over', async () => {
    const patient = newPatient()
    const { reader } = meet<Patient>(patient)
    const pages = newPages()
    const { call } = reader.with({ timeout: 20 })
    const answer = outcome(call.copy(pages.items, newController().signal))
    expect(await answer).toMatchObject({ error: { code: 'timeout' } })
    expect((await patient.read).at(-1)).toEqual(OVER)
    await quiet()
    expect(pages.left).toBe(1)
  })

  test('ends so at once when its own next item is long in coming', async () => {
    const patient = newPatient()
    const { reader } = meet<Patient>(patient)
    const gate = newDeferred()
    const left = newDeferred()
    async function* read(): AsyncGenerator<number> {
      try {
        yield 1
        await gate.promise
        yield 2
      } finally {
        left.resolve()
      }
    }
    const controller = newController()
    const answer = outcome(reader.call.copy(read(), controller.signal))
    await quiet()
    controller.abort('It rains.')
    await answer
    expect(await patient.read).toEqual([1, OVER])
    gate.resolve()
    await left.promise
  })

  test('ends so when the stream it was an argument of ended, was left, or broke', async () => {
    const read: unknown[][] = []
    const { reader } = meet({
      async *copy(all: AsyncIterable<number>, how: string) {
        void readAll(all).then((pages) => read.push(pages))
        yield 'copying'
        if (how === 'broke') throw new Error('The pen is empty.')
        if (how === 'was left') yield* upTo(1000)
      },
    })
    for (const how of ['ended', 'was left', 'broke']) {
      const pages = newPages()
      const items = reader.stream.copy(pages.items, how)
      expect(await items.next()).toEqual({ value: 'copying', done: false })
      if (how === 'was left') await leave(items)
      else await readAll(items)
      await quiet()
      expect(read.at(-1)?.at(-1)).toEqual(OVER)
      expect(pages.left).toBe(1)
    }
  })

  test.each(['reader', 'library'] as const)('ends when the %s closes the channel', async (end) => {
    const patient = newPatient()
    const meeting = meet<Patient>(patient)
    const pages = newPages()
    const answer = outcome(meeting.reader.call.copy(pages.items, newController().signal))
    await quiet()
    meeting[end].close()
    expect(await answer).toMatchObject({ error: { code: 'closed' } })
    expect((await patient.read).at(-1)).toMatchObject({ code: 'closed' })
    await quiet()
    expect(pages.left).toBe(1)
  })

  test('cannot be begun any more', async () => {
    const library = newLibrary()
    const { reader } = meet<Library>(library)
    const pages = newPages()
    await reader.call.keep(pages.items)
    await quiet()
    expect(await readAll(await library.later)).toEqual([OVER])
    expect(pages.started).toBe(0)
  })
})

test('a call that cannot be sent leaves nothing to be read', async () => {
  const { reader, said } = meet<Library>(newLibrary())
  const pages = newPages()
  const lost = (() => 'lost') as unknown as string
  expect(await outcome(reader.call.ignore(pages.items, lost))).toMatchObject({
    error: { code: 'not-cloneable' },
  })
  const { call } = reader.with({ signal: AbortSignal.abort('It rains.') })
  expect(await outcome(call.copy(pages.items))).toEqual({ error: 'It rains.' })
  expect(said.reader).toEqual([])
  expect(pages.started).toBe(0)
})

describe('Whoever holds the other end', () => {
  /** A reader who is read by an intruder; how to speak as that one, and what it has heard. */
  function meetIntruder() {
    const [port, intruder] = MemoryPort.pair()
    const posts = recordPosts(port)
    const reader = openChannel<Library>(port as never)
    intruder.start()
    return {
      reader,
      async say(message: readonly unknown[]): Promise<Message[]> {
        const heard = posts.length
        intruder.postMessage([message.length, ...message], [])
        await quiet()
        return posts.slice(heard).flat()
      },
      async leave() {
        intruder.close()
        await reader.closed
      },
    }
  }

  const over = (id: number) => ['error', id, expect.objectContaining({ message: OVER.message })]

  test.each([0, 1, 2, -1, 1e15])(
    'is refused a stream that was never offered: %i',
    async (offer) => {
      const { say, leave } = meetIntruder()
      expect(await say(['stream', 7, offer, undefined, 16])).toEqual([over(7)])
      await leave()
    },
  )

  test('is refused a stream that is read already', async () => {
    const { reader, say, leave } = meetIntruder()
    const pages = newPages()
    const answer = outcome(reader.call.copy(pages.items))
    expect(await say(['stream', 7, 1, undefined, 2])).toEqual([['items', 7, 1, 2]])
    expect(await say(['stream', 8, 1, undefined, 2])).toEqual([over(8)])
    expect(await say(['credit', 7, 1])).toEqual([['items', 7, 3]])
    expect(pages.started).toBe(1)
    await leave()
    expect(await answer).toMatchObject({ error: { code: 'closed' } })
    await quiet()
    expect(pages.left).toBe(1)
  })

  test('is refused a stream whose call could not be sent', async () => {
    const { reader, say, leave } = meetIntruder()
    const pages = newPages()
    const lost = (() => 'lost') as unknown as string
    await outcome(reader.call.ignore(pages.items, lost))
    await outcome(reader.with({ signal: AbortSignal.abort() }).call.copy(pages.items))
    for (const offer of [1, 2])
      expect(await say(['stream', offer, offer, undefined, 16])).toEqual([over(offer)])
    expect(pages.started).toBe(0)
    await leave()
  })

  test('is refused a stream whose call is over, however many there were', async () => {
    const { reader, say, leave } = meetIntruder()
    const all = upTo(1000).map(() => newPages())
    const answers = all.map(({ items }) => outcome(reader.call.copy(items)))
    await quiet()
    for (const id of upTo(1000)) void say(['result', id, []])
    await Promise.all(answers)
    for (const offer of [1, 2, 500, 999, 1000]) {
      expect(await say(['stream', 2000 + offer, offer, undefined, 16])).toEqual([
        over(2000 + offer),
      ])
    }
    expect(all.map(({ started }) => started)).toEqual(all.map(() => 0))
    await leave()
  })

  test('is given no more than a thousand items ahead, whatever credit it claims', async () => {
    const { reader, say, leave } = meetIntruder()
    const pages = newPages()
    const answer = outcome(reader.call.copy(pages.items))
    await say(['stream', 7, 1, undefined, 1e9])
    await say(['credit', 7, 1e9])
    expect(pages.made).toBe(2000)
    await leave()
    await answer
  })
})
