import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Channel, openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { type Message, readPost } from '../../templates/base/src/ports/channel/protocol.ts'
import { transfer } from '../../templates/base/src/ports/channel/transfer.ts'
import { meetHeld, newPage, upTo } from './held.ts'
import { newDeferred, outcome, pack, quiet, readAll } from './pair.ts'

const MIB = 1024 * 1024

/** Whoever holds the other end, and asks for more than anybody can do. */
let asker: MessagePort
let answers: Message[]
let library: Channel<object>
let gate: ReturnType<typeof newDeferred<void>>
let begun: number

beforeEach(() => {
  const { port1, port2 } = new MessageChannel()
  asker = port1
  answers = []
  begun = 0
  gate = newDeferred()
  asker.on('message', (post) => readPost(post, (message) => answers.push(message) > 0))
  library = openChannel(port2, {
    async wait() {
      begun += 1
      await gate.promise
    },
    async *read() {
      begun += 1
      yield 1
      await gate.promise
    },
    find: async () => 'Emma',
    copy: async (size: number) => transfer(new ArrayBuffer(size)),
  })
})

afterEach(async () => {
  gate.resolve()
  await quiet()
  library.close()
  await quiet()
})

async function say(...messages: unknown[][]): Promise<void> {
  asker.postMessage(pack(...messages))
  await quiet()
}

const wait = (id: number) => ['call', id, 'wait', undefined]
const tooMuch = (id: number) => ['error', id, expect.objectContaining({ name: 'PortError' })]

describe('What is at work at once', () => {
  test('may be ten thousand calls, and one more is refused until some are answered', async () => {
    await say(...upTo(10_000).map(wait))
    expect([begun, answers]).toEqual([10_000, []])
    await say(wait(10_001))
    expect([begun, answers]).toEqual([10_000, [tooMuch(10_001)]])
    expect(answers[0]).toMatchObject({ 2: { fields: { code: 'too-much' } } })

    gate.resolve()
    await quiet()
    await say(['call', 10_002, 'find', undefined])
    expect(answers.at(-1)).toEqual(['result', 10_002, 'Emma'])
  })

  test('may be a thousand streams', async () => {
    await say(...upTo(1001).map((id) => ['stream', id, 'read', undefined, 1]))
    expect(begun).toBe(1000)
    expect(answers.filter(([kind]) => kind === 'error')).toEqual([tooMuch(1001)])
  })

  test('may be ten thousand notifications, and it is shown that more were not heard', async () => {
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
    await say(...upTo(10_003).map(() => ['notify', 'wait']))
    expect(begun).toBe(10_000)
    expect(shown.mock.calls.map(([words]) => words)).toEqual(
      upTo(3).map(() => expect.stringContaining('"wait" failed: PortError: Too much')),
    )
    shown.mockRestore()
  })

  test('may hold half a gigabyte, and one message more', async () => {
    const { port1, port2 } = new MessageChannel()
    const read = vi.spyOn(port2, 'addEventListener')
    const channel = openChannel(port2, { wait: () => gate.promise.then(() => (begun += 1)) })
    const listen = read.mock.calls.find(([type]) => type === 'message')![1] as (
      event: object,
    ) => void
    const large = { pages: [new Map([['text', 'x'.repeat(50 * MIB)]])] }
    const told: unknown[] = []
    port1.on('message', (post) => readPost(post, (message) => told.push(message.slice(0, 2)) > 0))
    // As it is, for a copy of each would take all the memory that there is.
    for (const id of upTo(8)) listen({ data: pack([...wait(id), large]) })
    await quiet()
    expect(told).toEqual([7, 8].map((id) => ['error', id]))

    gate.resolve()
    await quiet()
    expect(begun).toBe(6)
    listen({ data: pack([...wait(9), large]) })
    await quiet()
    expect(told.slice(-1)).toEqual([['result', 9]])
    channel.close()
  })
})

describe('What waits to be sent', () => {
  test('may be half a gigabyte, and one message more: then who says more is refused', async () => {
    let heard = 0
    const { reader, release } = meetHeld({ note: (_page: ArrayBuffer): void => void (heard += 1) })
    for (const _ of upTo(8)) reader.notify.note(newPage(1).buffer)
    // Moved, these take no memory as long as nobody writes into them.
    for (const _ of upTo(8)) reader.notify.note(transfer(new ArrayBuffer(64 * MIB)))
    const more = async () => reader.notify.note(new ArrayBuffer(8))
    expect(await outcome(more())).toMatchObject({ error: { code: 'too-much' } })
    expect(await outcome(reader.ask.call('note', [1]))).toMatchObject({
      error: { code: 'too-much' },
    })

    release()
    await quiet()
    expect(heard).toBe(16)
    reader.notify.note(new ArrayBuffer(8))
    await quiet()
    expect(heard).toBe(17)
  })

  test('ends the channel when it is what the other end has asked for, and does not read', async () => {
    for (const id of upTo(18)) await say(['call', id, 'copy', undefined, 64 * MIB])
    const { code, message } = await library.closed
    expect([code, message]).toEqual(['closed', expect.stringContaining('Too much')])
    await quiet()
    expect(answers.at(-1)).toEqual(['close', message])
    expect(answers.filter(([kind]) => kind === 'result')).toHaveLength(8)
  })

  test.each([16, 1000])('is one item of a stream at most, at a credit of %i', async (credit) => {
    let given = 0
    const {
      reader,
      library: end,
      ports,
      release,
    } = meetHeld({
      async *read() {
        for (; given < 40; given++) yield newPage(given)
      },
    })
    release()
    ports[0].hold()
    const items = readAll(reader.with({ credit }).stream.read())
    await quiet()
    expect(given).toBe(8)

    ports[0].release()
    expect(await items).toHaveLength(41)
    expect(end.dropped).toBe(0)
  })
})
