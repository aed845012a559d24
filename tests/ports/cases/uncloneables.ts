/** What cannot cross fails alone. */
import type { Case } from './case.ts'
import { expectEqual, expectTrue } from './expect-equal.ts'
import { bytesOf, pause, upTo } from './fixture.ts'
import {
  LARGE,
  newUnreadables,
  uncloneable,
  readAll,
  codeFailing,
  codeOf,
  until,
} from './helpers.ts'

export const uncloneables: Case[] = [
  {
    name: 'an argument that cannot be cloned fails that call alone',
    async run({ channel: { call, notify } }) {
      const bad = [uncloneable(), Symbol('no'), Promise.resolve(), new WeakMap(), throwing()]
      for (const value of [...bad, { deep: [new Map([[1, uncloneable()]])] }]) {
        const answers = [call.add(1, 2), codeFailing(call.echo(value)), call.add(3, 4)]
        expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
        expectEqual(await codeFailing(call.echo(value)), 'not-cloneable')
        expectEqual(await codeFailing(async () => notify.note(1, value)), 'not-cloneable')
      }
      expectEqual((await call.probe()).noted, [])
    },
  },
  {
    name: 'a list with a method of its own fails its call alone',
    async run({ channel: { call } }) {
      const list = Object.assign([1, 2], { first: uncloneable() })
      const answers = [call.add(1, 2), codeFailing(call.echo(list)), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
      await pause(0)
      expectEqual(await codeFailing(call.echo(list)), 'not-cloneable')
      expectEqual(await call.add(1, 2), 3)
    },
  },
  {
    name: 'bytes that were moved away fail their call alone',
    async run({ channel: { call } }) {
      const bytes = new Uint8Array(8)
      const { port1, port2 } = new MessageChannel()
      port1.postMessage(0, [bytes.buffer])
      for (const port of [port1, port2]) port.close()
      const answers = [call.add(1, 2), codeFailing(call.echo(bytes)), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
      await pause(0)
      expectEqual(await codeFailing(call.echo(bytes)), 'not-cloneable')
      expectEqual(await call.add(1, 2), 3)
    },
  },
  {
    name: 'an argument that cannot be cloned fails its call alone behind large messages, too',
    async run({ channel: { call, notify } }) {
      for (const number of upTo(30)) notify.note(number, bytesOf(LARGE, number))
      const answers = [call.add(1, 2), codeFailing(call.echo(uncloneable())), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
      expectEqual((await call.probe()).noted, [...upTo(30)])
    },
  },
  {
    name: 'an answer that cannot be cloned fails its call alone',
    async run({ channel: { call } }) {
      const answers = [call.add(1, 2), codeFailing(call.giveFunction()), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
      expectEqual(await call.add(1, 2), 3)
    },
  },
  {
    name: 'an item that cannot be cloned fails its stream alone, and its producer is left',
    async run({ channel: { call, stream } }) {
      const [bad, good] = await Promise.all([
        readAll(stream.giveFunctions()),
        readAll(stream.count(20)),
      ])
      expectEqual([bad[0], codeOf(bad[1])], ['page 1', 'not-cloneable'])
      expectEqual(good, [...upTo(20), 'end'])
      await until(call, ({ running, left }) => running === 0 && left === 2)
    },
  },
  {
    name: 'what cannot be read in another process fails that call alone, and takes no room for long',
    async run({ channel: { call } }) {
      for (const value of newUnreadables()) {
        const answers = Array.from(upTo(20), (number) => {
          const baggage = number % 2 === 0 ? { deep: [value] } : value
          return call.mark(number, baggage).catch(codeOf)
        })
        for (const answer of await Promise.all(answers)) {
          // In the same process, as between threads, it can be read.
          expectTrue(answer === 'not-cloneable' || typeof answer === 'number', String(answer))
        }
        expectEqual(await call.echo(bytesOf(LARGE, 1)), bytesOf(LARGE, 1))
      }
    },
    after: () => {}, // How many of them were sent at all differs.
  },
]

function throwing(): object {
  return {
    get it(): never {
      throw new Error('not to be read')
    },
  }
}
