/** Calls and notifications, answered and heard. */
import type { Case } from './case.ts'
import { expectEqual } from './expect-equal.ts'
import { bytesOf, pause, upTo } from './fixture.ts'
import { LARGE } from './helpers.ts'

export const calls: Case[] = [
  {
    name: 'a call is answered, with what its arguments ask for',
    async run({ channel: { call } }) {
      expectEqual(await call.add(1, 2), 3)
      expectEqual(await call.nothing(), undefined)
      expectEqual(await call.echoAll(...upTo(200)), [...upTo(200)])
    },
  },
  {
    name: 'a slow call does not keep a quick one waiting',
    async run({ channel: { call } }) {
      const order: string[] = []
      const slow = call.nap(100).then((answer) => order.push(answer))
      await call.add(1, 2).then(() => order.push('added'))
      await slow
      expectEqual(order, ['added', 'rested'])
    },
  },
  {
    name: 'a thousand calls at once get each its own answer',
    async run({ channel: { call } }) {
      const answers = await Promise.all(Array.from(upTo(1000), (number) => call.add(number, 1)))
      expectEqual(answers, [...upTo(1001)].slice(1))
    },
  },
  {
    name: 'ten thousand calls and notifications arrive in order, small and large ones mixed',
    async run({ channel: { call, notify } }) {
      const answers: Promise<number>[] = []
      for (const number of upTo(10_000)) {
        const baggage = baggageOf(number)
        if (number % 3 === 0) answers.push(call.mark(number, baggage))
        else notify.note(number, baggage)
        // Some more of it in other ticks, while the first is on its way.
        if (number % 2500 === 0) await pause(0)
      }
      // As many are there as were sent before.
      expectEqual(
        await Promise.all(answers),
        [...upTo(10_000)].filter((number) => number % 3 === 0),
      )
      const { noted } = await call.probe()
      expectEqual(noted, [...upTo(10_000)])
    },
  },
]

/** Most messages are small. */
function baggageOf(number: number): unknown {
  if (number % 500 === 7) return bytesOf(LARGE, number)
  if (number % 200 === 8) return new Map([[number, 'not plain, hence sent as a large one is']])
  if (number % 100 === 9) return 'too big to share a post '.repeat(500)
  return number % 10 === 1 ? { of: ['some', 'small', 'things'] } : undefined
}
