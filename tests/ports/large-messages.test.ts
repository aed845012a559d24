import { type MessagePort, MessageChannel } from 'node:worker_threads'
import { Serializer } from 'node:v8'
import { describe, expect, test } from 'vitest'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { transfer } from '../../templates/base/src/ports/channel/transfer.ts'
import { KIB, meetHeld, newListener, newPage, numberOf, upTo } from './held.ts'
import { MemoryPort, meet, outcome, quiet } from './pair.ts'
import { recordPosts } from './posts.ts'

describe('How many are unread', () => {
  test('is at most eight of a channel', async () => {
    const listener = newListener()
    const { reader, countLarge, release } = meetHeld(listener)
    for (const page of upTo(20)) reader.notify.note(newPage(page))
    await quiet()
    expect(countLarge()).toBe(8)

    release()
    await quiet()
    expect(listener.heard).toEqual(upTo(20))
  })

  test('is at most thirty-two of the process, and above that one of every channel', async () => {
    const listeners = upTo(10).map(newListener)
    const meetings = listeners.map((listener) => meetHeld(listener))
    for (const page of upTo(20)) {
      for (const { reader } of meetings.slice(0, 4)) reader.notify.note(newPage(page))
    }
    for (const page of upTo(20)) {
      for (const { reader } of meetings.slice(4)) reader.notify.note(newPage(page))
    }
    await quiet()
    const counts = meetings.map(({ countLarge }) => countLarge())
    expect(counts).toEqual([8, 8, 8, 8, 1, 1, 1, 1, 1, 1])

    for (const { release } of meetings) release()
    await quiet()
    expect(listeners.map(({ heard }) => heard)).toEqual(listeners.map(() => upTo(20)))
  })

  test('is no more of the process when channels have used a part of their room', async () => {
    const meetings = [8, 8, 8, 7, 20].map((pages) => ({ pages, ...meetHeld(newListener()) }))
    for (const { reader, pages } of meetings) {
      for (const page of upTo(pages)) reader.notify.note(newPage(page))
    }
    expect(meetings.map(({ countLarge }) => countLarge())).toEqual([8, 8, 8, 7, 1])
    for (const { release } of meetings) release()
    await quiet()
  })

  test('falls with every one that is read', async () => {
    const { reader, ports, countLarge, release } = meetHeld(newListener())
    for (const page of upTo(5)) reader.notify.note(newPage(page))
    release()
    await quiet()
    ports[1].hold()
    for (const page of upTo(20)) reader.notify.note(newPage(page))
    await quiet()
    expect(countLarge()).toBe(5 + 8)
    release()
    await quiet()
  })

  test('is counted by each end of a channel for itself', async () => {
    const ports = MemoryPort.pair()
    const posts = ports.map(recordPosts)
    const { reader, library } = meet(newListener(), { reader: newListener(), ports })
    for (const port of ports) port.hold()
    for (const page of upTo(20)) {
      reader.notify.note(newPage(page))
      library.notify.note(newPage(page))
    }
    await quiet()
    const counts = posts.map((each) => each.flat().filter(([kind]) => kind === 'large').length)
    expect(counts).toEqual([8, 8])
    for (const port of ports) port.release()
    await quiet()
  })

  test('does not fall when the other end says it has read what it was never sent', async () => {
    const [port, intruder] = MemoryPort.pair()
    const posts = recordPosts(port)
    const reader = openChannel<ReturnType<typeof newListener>>(port as never)
    for (let times = 0; times < 100; times++) intruder.postMessage([1, 'got'], [])
    intruder.start()
    await quiet()
    for (const page of upTo(20)) reader.notify.note(newPage(page))
    expect(posts.flat().filter(([kind]) => kind === 'large')).toHaveLength(8)
    intruder.close()
    await reader.closed
  })
})

class Book {
  title = 'Emma'
}

describe('What is large', () => {
  const text = (kib: number): string => 'x'.repeat((kib * KIB) / 2)
  const newBooks = (count: number) => upTo(count).map((page) => ({ title: 'Emma', page }))

  test.each<[what: string, newLarge: () => unknown, newSmall: () => unknown]>([
    ['bytes', () => new Uint8Array(61 * KIB), () => new Uint8Array(59 * KIB)],
    ['a string', () => text(61), () => text(59)],
    ['many objects', () => newBooks(4000), () => newBooks(500)],
    ['many strings', () => Array(8000).fill('a'), () => Array(2000).fill('a')],
    ['a part of it', () => ({ a: text(31), b: [text(31)] }), () => ({ a: text(31), b: [] })],
    ['a name in it', () => ({ [text(61)]: 1 }), () => ({ [text(59)]: 1 })],
    ['a BigInt', () => 1n << BigInt(8 * 80 * KIB), () => 1n << 64n],
    ['a property of an array', () => Object.assign([1], { text: text(61) }), () => [1]],
  ])('is %s above 60 KiB', async (_, newLarge, newSmall) => {
    const { reader, countLarge, release } = meetHeld(newListener())
    for (const _ of upTo(20)) reader.notify.note(newSmall())
    expect(countLarge()).toBe(0)
    for (const _ of upTo(20)) reader.notify.note(newLarge())
    expect(countLarge()).toBe(8)
    release()
    await quiet()
  })

  test.each<[what: string, newThing: () => unknown]>([
    ['a Map', () => new Map()],
    ['a Set', () => new Set()],
    ['a RegExp', () => /a/],
    ['an Error', () => new Error('lost')],
    ['an object of a class', () => new Book()],
    ['an ArrayBuffer', () => new ArrayBuffer(1)],
    ['a Blob', () => new Blob(['Emma'])],
    ['any of them in plain data', () => ({ pages: [new Map()] })],
  ])('is %s, for its size cannot be told', async (_, newThing) => {
    const { reader, countLarge, release } = meetHeld(newListener())
    for (const _ of upTo(20)) reader.notify.note(newThing())
    expect(countLarge()).toBe(8)
    release()
    await quiet()
  })

  test.each<[what: string, newThing: (index: number) => unknown]>([
    ['integers', (index) => index],
    ['fractions', (index) => index + 0.5],
    ['BigInts', (index) => BigInt(index) << 40n],
    ['Dates', (index) => new Date(index)],
    ['strings', (index) => `page ${index}`],
    ['strings above 8 bits', (index) => `страница ${index}`],
    ['objects', (index) => ({ page: index + 0.5 })],
    ['objects with long names', (index) => ({ numberOfTheLastPageRead: index })],
    ['objects with names above 8 bits', (index) => ({ страница: index })],
    ['empty objects', () => ({})],
    ['arrays', (index) => [[index + 0.5, -index]]],
    ['arrays with properties', (index) => Object.assign([], { [`a property of it, ${index}`]: 1 })],
  ])('is whatever takes above 64 KiB, if it is made of %s', async (_, newThing) => {
    const things: unknown[] = []
    while (sizeOf(things) <= 64 * KIB) for (let i = 0; i < 50; i++) things.push(newThing(i + 1e6))
    const { reader, countLarge, release } = meetHeld(newListener())
    reader.notify.note(things)
    expect(countLarge()).toBe(1)
    release()
    await quiet()
  })

  test('may be arguments, answers, items and notifications alike', async () => {
    const { reader, said } = meet({
      find: async (page: unknown) => page,
      async *read(pages: number) {
        for (const page of upTo(pages)) yield newPage(page)
      },
    })
    const answers = await Promise.all(upTo(20).map((page) => reader.call.find(newPage(page))))
    expect(answers.map(numberOf)).toEqual(upTo(20))
    const items: unknown[] = []
    for await (const page of reader.stream.read(30)) items.push(numberOf(page))
    expect(items).toEqual(upTo(30))
    const count = (kind: string, at: 'reader' | 'library') =>
      said[at].filter((message) => message[0] === kind).length
    expect([count('large', 'reader'), count('got', 'library')]).toEqual([20, 20])
    expect([count('large', 'library'), count('got', 'reader')]).toEqual([50, 50])
  })
})

describe('What has to wait', () => {
  test('keeps its place among small messages', async () => {
    const listener = newListener()
    const { reader, posts, release } = meetHeld(listener)
    const say = () => {
      for (const page of upTo(60)) reader.notify.note(page % 3 === 0 ? newPage(page) : page)
    }
    say()
    await quiet()
    expect(posts.flat().filter(([kind]) => kind === 'notify')).toHaveLength(26)
    say()
    release()
    await quiet()
    expect(listener.heard).toEqual([...upTo(60), ...upTo(60)])
  })

  test('says what was true when it was sent', async () => {
    const listener = newListener()
    const { reader, release } = meetHeld(listener)
    const page = newPage(0)
    for (const number of upTo(20)) reader.notify.note(page.fill(number))
    page.fill(0)
    release()
    await quiet()
    expect(listener.heard).toEqual(upTo(20))
  })

  test('fails only its own call when it does not cross', async () => {
    const { reader, release } = meetHeld({ find: async (page: unknown) => numberOf(page) })
    const answers = upTo(20).map((page) =>
      outcome(reader.call.find(page === 15 ? { pages: newPage(15), lose() {} } : newPage(page))),
    )
    release()
    const settled = await Promise.all(answers)
    expect(settled[14]).toMatchObject({ error: { code: 'not-cloneable' } })
    settled[14] = { value: 15 }
    expect(settled).toEqual(upTo(20).map((value) => ({ value })))
  })

  test('is moved where that was asked for, be it large itself or behind a large one', async () => {
    const sizes: number[] = []
    const { reader, release } = meetHeld({
      note: (page: ArrayBuffer | Uint32Array): void => void sizes.push(page.byteLength),
    })
    for (const page of upTo(10)) reader.notify.note(newPage(page))
    const [large, small] = [new ArrayBuffer(80_000), new ArrayBuffer(8)]
    reader.notify.note(transfer(large))
    reader.notify.note(transfer(small))
    expect([large.byteLength, small.byteLength]).toEqual([0, 0])

    release()
    await quiet()
    expect(sizes).toEqual([...upTo(10).map(() => 70_000), 80_000, 8])
  })

  test('may be a port, and a channel can be opened over it', async () => {
    interface Desk {
      ask(title: string): Promise<string>
    }
    const { reader, release } = meetHeld({
      ...newListener(),
      async visit(desk: MessagePort) {
        const channel = openChannel<Desk>(desk)
        const answer = await channel.call.ask('Emma')
        channel.close()
        return answer
      },
    })
    for (const page of upTo(10)) reader.notify.note(newPage(page))
    const { port1, port2 } = new MessageChannel()
    const desk = openChannel(port1, { ask: async (title: string) => `${title} is out.` })
    const answer = reader.ask.call('visit', [transfer(port2)])
    release()
    expect(await answer).toBe('Emma is out.')
    await desk.closed
  })
})

/** In bytes, as a port would count. */
function sizeOf(value: unknown): number {
  const serializer = new Serializer()
  serializer.writeHeader()
  serializer.writeValue(value)
  return serializer.releaseBuffer().length
}
