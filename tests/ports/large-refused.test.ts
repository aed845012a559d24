import { expect, test, vi } from 'vitest'
import { newPage, numberOf, upTo } from './held.ts'
import { MemoryPort, meet, newDeferred, outcome, quiet, readAll } from './pair.ts'

/** What can be copied here, and is refused by the port when its time has come, as shared memory is. */
const newShared = () => ({ isShared: true, page: newPage(0) })

function isShared(field: unknown): boolean {
  return typeof field === 'object' && field !== null && 'isShared' in field
}

/** Two ends that do not read their post before the test says so. */
function meetRefusing<Library extends object>(library: Library) {
  const ports = MemoryPort.pair()
  for (const port of ports) {
    port.hold()
    const postMessage = port.postMessage.bind(port)
    port.postMessage = (post: unknown[], transfer: never[]) => {
      if (post.some(isShared)) throw new DOMException('It is shared.', 'DataCloneError')
      postMessage(post, transfer)
    }
  }
  const release = () => {
    for (const port of ports) port.release()
  }
  return { ...meet(library, { ports }), release }
}

const refused = expect.objectContaining({ name: 'PortError', code: 'not-cloneable' })

test('a call that had to wait, and is refused then, fails alone', async () => {
  const { reader, release } = meetRefusing({ find: async (page: unknown) => numberOf(page) })
  const answers = upTo(20).map((page) =>
    outcome(reader.call.find(page === 15 ? newShared() : newPage(page))),
  )
  release()
  const expected = upTo(20).map((value) => (value === 15 ? { error: refused } : { value }))
  expect(await Promise.all(answers)).toEqual(expected)
})

test('a stream that had to wait, and is refused then, fails alone', async () => {
  const { reader, release } = meetRefusing({
    async *read(page: unknown) {
      yield numberOf(page)
    },
  })
  const read = upTo(20).map((page) =>
    readAll(reader.stream.read(page === 15 ? newShared() : newPage(page))),
  )
  release()
  const expected = upTo(20).map((page) => (page === 15 ? [refused] : [page, 'end']))
  expect(await Promise.all(read)).toEqual(expected)
})

test('an answer that had to wait, and is refused then, fails its call alone', async () => {
  const { reader, release } = meetRefusing({
    find: async (page: number) => (page === 15 ? newShared() : newPage(page)),
  })
  const answers = upTo(20).map((page) => outcome(reader.call.find(page).then(numberOf)))
  release()
  const expected = upTo(20).map((value) => (value === 15 ? { error: refused } : { value }))
  expect(await Promise.all(answers)).toEqual(expected)
})

/** A library whose twelfth page is refused. */
function newProducer() {
  const left = newDeferred()
  return {
    left: left.promise,
    async *read() {
      try {
        for (let page = 1; ; page++) yield page === 12 ? newShared() : newPage(page)
      } finally {
        left.resolve()
      }
    },
  }
}

test('an item that had to wait, and is refused then, breaks its stream in its place', async () => {
  const { reader, release } = meetRefusing(newProducer())
  const read = readAll(reader.stream.read())
  release()
  expect((await read).map(numberOf)).toEqual([...upTo(11), refused])
})

test('a producer whose item was refused runs its finally', async () => {
  const producer = newProducer()
  const { reader, release } = meetRefusing(producer)
  let isLeft = false
  void producer.left.then(() => (isLeft = true))
  const read = readAll(reader.stream.read())
  release()
  expect((await read).at(-1)).toEqual(refused)
  await quiet()
  expect(isLeft).toBe(true)
})

test('a notification that had to wait, and is refused then, is shown, and the others arrive', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const heard: unknown[] = []
  const { reader, release } = meetRefusing({
    note: (page: unknown): void => void heard.push(numberOf(page)),
  })
  for (const page of upTo(20)) reader.notify.note(page === 15 ? newShared() : newPage(page))
  release()
  await quiet()
  expect(heard).toEqual(upTo(20).toSpliced(14, 1))
  expect(log.mock.calls).toEqual([[expect.stringMatching(/^PortError: "note" was not sent/)]])
  log.mockRestore()
})

test('one that is refused last does not keep its end from closing', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const heard: unknown[] = []
  const { reader, library, release } = meetRefusing({
    note: (page: unknown): void => void heard.push(numberOf(page)),
  })
  for (const page of upTo(20)) reader.notify.note(page === 20 ? newShared() : newPage(page))
  reader.close()
  release()
  expect(await library.closed).toMatchObject({ code: 'closed' })
  expect(heard).toEqual(upTo(19))
  log.mockRestore()
})
