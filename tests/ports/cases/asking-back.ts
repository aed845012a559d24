/** The library asks the reader. */
import type { Case } from './case.ts'
import { expectEqual } from './expect-equal.ts'
import { upTo } from './fixture.ts'
import { eventually } from './helpers.ts'

export const askingBack: Case[] = [
  {
    name: 'both ends ask each other at the same time',
    async run({ channel: { call }, reader }) {
      const asked = await Promise.all([
        ...Array.from(upTo(200), (number) => call.askBack(number)),
        call.bounce(50),
        call.sumOfReader(100),
        call.tellBack(500),
      ])
      const doubled = Array.from(upTo(200), (number) => 2 * number)
      expectEqual(asked, [...doubled, 50, 5050, undefined])
      expectEqual(reader.told, [...upTo(500)])
      await eventually(() => reader.left === 1, "the reader's producer is left")
    },
  },
]
