import { MessageChannel } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { transfer } from '../../templates/base/src/ports/channel/transfer.ts'
import { expectEqual } from './cases/expect-equal.ts'
import { upTo } from './held.ts'
import { MemoryPort, meet, newController, newDeferred, outcome, quiet, readAll } from './pair.ts'
import { newValues } from './values.ts'

class Book {
  picture = new Blob(['Emma'])
}

/** The smallest there is. */
function newWasmModule(): object {
  return new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))
}

const refused = { name: 'PortError', code: 'not-cloneable' }

/** A library in a process that is no page. Both ends know of it. */
function meetProcess<Library extends object>(library: Library) {
  return meet(library, { ports: MemoryPort.pair(), toProcess: true })
}

/** What arrives there as `null`, or takes its message with it. */
const strange: [what: string, make: () => unknown][] = [
  ['a buffer that is moved', () => transfer(new ArrayBuffer(8))],
  ['a view whose buffer is moved', moveView],
  ['a port that is moved', () => transfer(new MessageChannel().port1)],
  ['something in an object that is moved', () => moveInside()],
  ['shared memory', () => new SharedArrayBuffer(8)],
  ['a view on shared memory', () => new Uint8Array(new SharedArrayBuffer(8))],
  ['a DataView on it in an object', () => ({ view: new DataView(new SharedArrayBuffer(8)) })],
  ['a view on it in a Map', () => new Map([[1, new Float64Array(new SharedArrayBuffer(8))]])],
  ['memory of WebAssembly', () => new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })],
  ['a module of WebAssembly', newWasmModule],
  ['a Blob', () => new Blob(['Emma'])],
  ['a Blob in an object', () => ({ pages: [{ picture: new Blob(['Emma']) }] })],
  ['a Blob in a Map', () => new Map([['picture', new Blob(['Emma'])]])],
  ['a Blob for a key of a Map', () => new Map([[new Blob(['Emma']), 1]])],
  ['a Blob in a Set', () => new Set([[new Blob(['Emma'])]])],
  ['a Blob in an object of a class', () => new Book()],
  ['a Blob in the property of an array', () => Object.assign([1], newPicture())],
  ['a Blob that is the cause of an error', () => new Error('lost', { cause: new Blob(['Emma']) })],
]

describe('Towards a process that is no page', () => {
  const upTo5 = upTo(5).map((value) => ({ value }))

  test.each(strange)('an argument is refused that is %s, and no other', async (_, make) => {
    const { reader } = meetProcess({ find: async (page: unknown) => page })
    const answers = await Promise.all(
      upTo(5).map((page) => outcome(reader.call.find(page === 3 ? make() : page))),
    )
    expect(answers[2]).toMatchObject({ error: refused })
    expect(answers.toSpliced(2, 1)).toEqual(upTo5.toSpliced(2, 1))
  })

  test.each(strange)('an argument of a stream is refused that is %s', async (_, make) => {
    const { reader } = meetProcess({
      async *read(page: unknown) {
        yield page
      },
    })
    expect(await readAll(reader.stream.read(make()))).toMatchObject([refused])
    expect(await readAll(reader.stream.read(1))).toEqual([1, 'end'])
  })

  test.each(strange)('a notification is refused that is %s, and no other', async (_, make) => {
    const heard: unknown[] = []
    const { reader } = meetProcess({ note: (page: unknown): void => void heard.push(page) })
    reader.notify.note(1)
    expect(() => reader.notify.note(make())).toThrow(/^"note" was not sent/)
    reader.notify.note(2)
    await quiet()
    expect(heard).toEqual([1, 2])
  })

  test.each(strange)('an answer is refused that is %s, and no other', async (_, make) => {
    const { reader } = meetProcess({
      find: async (page: number) => (page === 3 ? make() : page),
    })
    const answers = await Promise.all(upTo(5).map((page) => outcome(reader.call.find(page))))
    expect(answers[2]).toMatchObject({ error: refused })
    expect(answers.toSpliced(2, 1)).toEqual(upTo5.toSpliced(2, 1))
  })

  test.each(strange)('an item is refused that is %s, and ends its stream', async (_, make) => {
    const left = newDeferred()
    const { reader } = meetProcess({
      async *read(odd: boolean) {
        try {
          yield 1
          yield odd ? make() : 2
        } finally {
          left.resolve()
        }
      },
    })
    const [odd, other] = [true, false].map((each) => readAll(reader.stream.read(each)))
    expect(await odd).toMatchObject([1, refused])
    expect(await other).toEqual([1, 2, 'end'])
    await left.promise
  })

  test.each(strange)('an item of an argument is refused that is %s', async (_, make) => {
    const copied: unknown[] = []
    const { reader } = meetProcess({
      async copy(pages: AsyncIterable<unknown>) {
        copied.push(...(await readAll(pages)))
      },
    })
    async function* read(): AsyncGenerator<unknown> {
      yield 1
      yield make()
    }
    await reader.call.copy(read())
    expect(copied).toMatchObject([1, refused])
  })

  test('an error leaves behind what it cannot take along, and arrives', async () => {
    const { reader } = meetProcess({
      lose: async () => {
        throw Object.assign(new Error('It is lost.'), { ...newPicture(), page: 3 })
      },
      async *read() {
        yield 1
        throw Object.assign(new Error('It is torn.'), newPicture())
      },
    })
    let answer: unknown
    void outcome(reader.call.lose()).then((settled) => (answer = settled))
    const items = readAll(reader.stream.read())
    await quiet()
    expect(answer).toMatchObject({ error: { message: 'It is lost.', page: 3 } })
    expect(await items).toMatchObject([1, { message: 'It is torn.' }])
  })

  test('a reason to stop leaves behind what it cannot take along, and arrives', async () => {
    const reasons: unknown[] = []
    const { reader } = meetProcess({
      wait: (signal: AbortSignal) =>
        new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => resolve(void reasons.push(signal.reason)))
        }),
    })
    const controller = newController()
    let answer: unknown
    void outcome(reader.call.wait(controller.signal)).then((settled) => (answer = settled))
    await quiet()
    const reason = Object.assign(new Error('It rains.'), newPicture())
    controller.abort(reason)
    await quiet()
    expect(answer).toEqual({ error: reason })
    expect(reasons).toMatchObject([{ message: 'It rains.' }])
  })

  test('a buffer that is refused is not moved', async () => {
    const { reader } = meetProcess({ find: async (_page: unknown) => 1 })
    const buffer = new ArrayBuffer(8)
    await outcome(reader.call.find(transfer(buffer)))
    expect(buffer.byteLength).toBe(8)
  })

  test.each(newValues().map(([what]) => what))('%s arrives as ever', async (name) => {
    const value = newValues().find(([what]) => what === name)?.[1]
    const heard: unknown[] = []
    const { reader } = meetProcess({ note: (page: unknown): void => void heard.push(page) })
    const raw: unknown = structuredClone(value)
    reader.notify.note(value)
    reader.notify.note([{ value }])
    await quiet()
    expectEqual(heard, [raw, [{ value: raw }]])
  })

  test('a signal and a stream among the arguments go as ever', async () => {
    const { reader } = meetProcess({
      copy: async (pages: AsyncIterable<number>, signal: AbortSignal) => [
        ...(await readAll(pages)),
        signal.aborted,
      ],
    })
    async function* read(): AsyncGenerator<number> {
      yield* upTo(3)
    }
    const { signal } = newController()
    expect(await reader.call.copy(read(), signal)).toEqual([1, 2, 3, 'end', false])
  })
})

test.each(strange.slice(0, 1).concat(strange.slice(4)))(
  'between pages nothing is refused: %s',
  async (_, make) => {
    const { reader } = meet({ note: (_page: unknown): void => {}, ask: async () => 1 })
    expect(() => reader.notify.note(make())).not.toThrow()
    expect(await reader.call.ask()).toBe(1)
  },
)

function newPicture(): { picture: Blob } {
  return { picture: new Blob(['Emma']) }
}

function moveView(): Uint8Array {
  const view = new Uint8Array(8)
  return transfer(view, [view.buffer])
}

function moveInside(): object {
  const buffer = new ArrayBuffer(8)
  return transfer({ title: 'Emma', buffer }, [buffer])
}
