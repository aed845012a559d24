import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeInElectron } from './describe-in-electron.ts'

const fixture = join(import.meta.dirname, 'fixture-app')

describeInElectron('Posting what cannot be cloned', ({ launch }) => {
  test('throws in main, whatever it is, and the port lives', async () => {
    const { app } = await launch(fixture)

    const seen = await app.evaluate(async ({ MessageChannelMain }) => {
      const { port1, port2 } = new MessageChannelMain()
      const received = new Promise((resolve) => port2.once('message', ({ data }) => resolve(data)))
      port2.start()
      const values = {
        function: () => 1,
        symbol: Symbol('a symbol'),
        promise: Promise.resolve(),
        weakMap: new WeakMap(),
        sharedMemory: new SharedArrayBuffer(8),
        proxy: new Proxy({}, {}),
        'deep inside': { list: [new Map([[1, () => 1]])] },
        'throwing getter': {
          get it() {
            throw new Error('not to be read')
          },
        },
      }
      const accepted = Object.entries(values).filter(([, value]) => {
        try {
          port1.postMessage(value)
          return true
        } catch {
          return false
        }
      })
      port1.postMessage('next')
      return { accepted: accepted.map(([name]) => name), received: await received }
    })

    expect(seen).toEqual({ accepted: [], received: 'next' })
  })

  test('does not keep from posting what can be cloned', async () => {
    const { app } = await launch(fixture)

    const seen = await app.evaluate(async ({ MessageChannelMain }) => {
      const { port1, port2 } = new MessageChannelMain()
      const received = new Promise((resolve) => port2.once('message', ({ data }) => resolve(data)))
      port2.start()
      port1.postMessage({
        date: new Date(0),
        big: 1n,
        bytes: new Uint8Array([1]),
        set: new Set('s'),
      })
      type Message = { date: Date; big: bigint; bytes: Uint8Array; set: Set<string> }
      const { date, big, bytes, set } = (await received) as Message
      return [Number(date), Number(big), ...bytes, ...set]
    })

    expect(seen).toEqual([0, 1, 1, 's'])
  })

  test('is checked without harm, 5000 messages of 10 KiB long', async () => {
    const { app } = await launch(fixture)

    const count = await app.evaluate(async ({ MessageChannelMain }) => {
      const rows = Array.from({ length: 100 }, (_, id) => ({ id, name: 'n'.repeat(60) }))
      const { port1, port2 } = new MessageChannelMain()
      return new Promise((resolve) => {
        let received = 0
        port2.on('message', () => {
          received++
          if (received === 5000) resolve(received)
        })
        port2.start()
        for (let sent = 0; sent < 5000; sent++) port1.postMessage(rows)
      })
    })

    expect(count).toBe(5000)
  })

  test('throws in a utility process, on its port and on parentPort, and both live', async () => {
    const { app } = await launch(fixture)

    const seen = await app.evaluate(async () => {
      const { child, port } = globalThis.fixture.forkChild()
      port.start()
      const ask = (question: string): Promise<unknown> =>
        new Promise((resolve) => {
          port.once('message', ({ data }) => resolve(data))
          port.postMessage(question)
        })
      const onPort = await ask('post on port')
      const onParentPort = await ask('post on parentPort')
      const answer = new Promise((resolve) => child.once('message', resolve))
      child.postMessage('are you there?')
      return [onPort, onParentPort, await answer, await ask('look for globals')]
    })

    expect(seen).toEqual([
      expect.stringMatching(/^threw /),
      expect.stringMatching(/^threw /),
      'parentPort lives',
      ['function', 'function', 'object'],
    ])
  })
})
