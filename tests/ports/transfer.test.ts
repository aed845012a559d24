import { MessageChannel as NodeChannel } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { transfer } from '../../templates/base/src/ports/channel/transfer.ts'
import { asMainPort } from './as-main-port.ts'
import { meet, outcome } from './pair.ts'

test('a buffer is copied unless it is marked', async () => {
  const { reader } = meet({ weigh: async (page: ArrayBuffer) => page.byteLength })
  const page = new ArrayBuffer(8)
  expect(await reader.call.weigh(page)).toBe(8)
  expect(page.byteLength).toBe(8)
})

test('a marked argument is moved to the other end', async () => {
  const { reader } = meet({
    weigh: async (page: ArrayBuffer) => page.byteLength,
    async *read(page: ArrayBuffer) {
      yield page.byteLength
    },
  })
  const [called, streamed] = [new ArrayBuffer(8), new ArrayBuffer(16)]
  expect(await reader.call.weigh(transfer(called))).toBe(8)
  for await (const size of reader.stream.read(transfer(streamed))) expect(size).toBe(16)
  expect([called.byteLength, streamed.byteLength]).toEqual([0, 0])
})

test('a marked argument of a notification is moved', () => {
  const { reader } = meet({ opened: (_page: ArrayBuffer) => {} })
  const page = new ArrayBuffer(8)
  reader.notify.opened(transfer(page))
  expect(page.byteLength).toBe(0)
})

test('what is inside an answer or an item is moved when it is named', async () => {
  const kept: ArrayBuffer[] = []
  const copy = () => {
    const bytes = new Uint8Array([1, 2, 3])
    kept.push(bytes.buffer)
    return transfer({ title: 'Emma', bytes }, [bytes.buffer])
  }
  const { reader } = meet({
    copy: async () => copy(),
    async *copies() {
      yield copy()
    },
  })
  const expected = { title: 'Emma', bytes: new Uint8Array([1, 2, 3]) }
  expect(await reader.call.copy()).toEqual(expected)
  for await (const item of reader.stream.copies()) expect(item).toEqual(expected)
  expect(kept.map(({ byteLength }) => byteLength)).toEqual([0, 0])
})

test('a port is moved, and a channel can be opened over it', async () => {
  interface Desk {
    ask(title: string): Promise<string>
  }
  const { reader } = meet({
    visit: async (desk: MessagePort) => {
      const channel = openChannel<Desk>(desk)
      const answer = await channel.call.ask('Emma')
      channel.close()
      return answer
    },
  })
  const { port1, port2 } = new MessageChannel()
  const desk = openChannel(port1, { ask: async (title: string) => `${title} is out.` })
  expect(await reader.call.visit(transfer(port2))).toBe('Emma is out.')
  await desk.closed
})

test('a port in what main says is refused in words, and stays open', async () => {
  const { port1, port2 } = new NodeChannel()
  const { port1: given, port2: kept } = new NodeChannel()
  const main = openChannel(asMainPort(port2), { lend: async () => transfer({ given }, [given]) })
  const page = openChannel<{ lend(): Promise<object> }>(port1)
  const refusal = {
    code: 'not-cloneable',
    message: expect.stringContaining('nothing can be moved'),
  }
  await expect(page.call.lend()).rejects.toMatchObject(refusal)
  const heard = new Promise((resolve) => kept.once('message', resolve))
  given.postMessage('still open')
  expect(await heard).toBe('still open')
  given.close()
  main.close()
})

test('what was moved before fails the call that would move it again', async () => {
  const { reader } = meet({ visit: async (desk?: MessagePort) => desk?.close() })
  const { port1 } = new MessageChannel()
  await reader.call.visit(transfer(port1))
  expect(await outcome(reader.call.visit(port1))).toMatchObject({
    error: { code: 'not-cloneable' },
  })
  expect(await reader.call.visit()).toBeUndefined()
})

test('nothing is moved by a call that was not sent', async () => {
  const { reader } = meet({
    weigh: async (page: ArrayBuffer, _note?: unknown) => page.byteLength,
  })
  const page = transfer(new ArrayBuffer(8))
  await outcome(reader.call.weigh(page, () => 1))
  await outcome(reader.call.weigh(page, AbortSignal.abort()))
  expect(page.byteLength).toBe(8)
  reader.close()
  await outcome(reader.call.weigh(page))
  expect(page.byteLength).toBe(8)
})
