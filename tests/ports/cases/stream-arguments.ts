/** Streams towards the library, among the arguments of a call. */
import type { Case } from './case.ts'
import { expectEqual } from './expect-equal.ts'
import { upTo } from './fixture.ts'
import { readAll, failureOf, eventually } from './helpers.ts'

export const streamArguments: Case[] = [
  {
    name: 'a stream among the arguments is read at the other end',
    async run({ channel: { call, stream }, reader }) {
      expectEqual(await call.sum(reader.count(1000)), 500_500)
      const pairs = await readAll(stream.pairUp(reader.count(50), reader.count(50)))
      expectEqual(pairs, [...Array.from(upTo(50), (number) => [number, number]), 'end'])
      await eventually(() => reader.left === 3, 'its producers are left')
    },
  },
  {
    name: 'a stream among the arguments that fails brings its error there',
    async run({ channel: { call } }) {
      const error = await failureOf(call.sum(tearing()))
      expectEqual(error, new Error('Page 3 is torn.'))
    },
  },
  {
    name: 'a stream among the arguments is left when its call is over',
    async run({ channel: { call }, reader }) {
      expectEqual(await call.firstOf(reader.count(Infinity)), 1)
      await eventually(() => reader.left === 1, 'its producer is left')
    },
  },
]

async function* tearing(): AsyncGenerator<number> {
  yield* [1, 2]
  throw new Error('Page 3 is torn.')
}
