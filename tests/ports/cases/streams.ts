/** Streams towards the reader. */
import type { Case } from './case.ts'
import { expectEqual, expectTrue } from './expect-equal.ts'
import { bytesOf, pause, upTo } from './fixture.ts'
import { LARGE, never, readAll, failureOf, codeOf, until } from './helpers.ts'

export const streams: Case[] = [
  {
    name: 'a stream brings its items in order, then its end',
    async run({ channel }) {
      for (const last of [0, 1, 15, 16, 17, 1000]) {
        expectEqual(await readAll(channel.stream.count(last)), [...upTo(last), 'end'])
      }
      const wide = channel.with({ credit: 1000 })
      expectEqual(await readAll(wide.stream.count(10_000)), [...upTo(10_000), 'end'])
    },
  },
  {
    name: 'a stream that fails in the middle brings first what came before',
    async run({ channel: { stream } }) {
      const error = new Error('Page 21 is torn.')
      expectEqual(await readAll(stream.torn(20)), [...upTo(20), error])
    },
  },
  {
    name: 'a break in the loop over a stream stops the producer',
    async run({ channel: { call, stream } }) {
      for await (const number of stream.endless()) if (number === 40) break
      await until(call, ({ running, left }) => running === 0 && left === 1)
    },
  },
  {
    name: 'a signal stops a stream at both ends',
    async run({ channel: { call, stream } }) {
      const controller = new AbortController()
      const items = stream.silent(controller.signal)[Symbol.asyncIterator]()
      expectEqual(await items.next(), { value: 'the only one', done: false })
      const next = failureOf(items.next())
      controller.abort(new RangeError('Enough.'))
      expectEqual(await next, new RangeError('Enough.'))
      await until(call, ({ running }) => running === 0)
      expectEqual((await call.probe()).stoppedFor, ['RangeError: Enough.'])
    },
  },
  {
    name: 'a flood arrives although its producer waits before a post is full',
    async run({ channel }) {
      const { stream } = channel.with({ credit: 1000 })
      for (const last of [99, 150, 950]) {
        const seen: number[] = []
        for await (const number of stream.countAndWait(last, never())) {
          seen.push(number)
          if (number === last) break
        }
        expectEqual(seen, [...upTo(last)])
      }
    },
  },
  {
    name: 'a producer is never ahead of a slow consumer by more than the credit',
    async run({ channel }) {
      const { call, stream } = channel.with({ credit: 6 })
      const items = stream.count(60)[Symbol.asyncIterator]()
      for (const consumed of upTo(60)) {
        expectEqual((await items.next()).value, consumed)
        // Now and then long enough for a producer that does not wait to get far ahead.
        if (consumed % 10 === 1) await pause(5)
        const { yielded } = await call.probe()
        expectTrue(yielded <= consumed + 6, `${yielded} are at most 6 more than ${consumed}`)
      }
      expectTrue((await items.next()).done === true, 'the stream ends')
    },
  },
  {
    name: 'streams and calls at the same time do not mix',
    async run({ channel: { call, stream } }) {
      const seen = await Promise.all([
        readAll(stream.count(300)),
        readAll(stream.torn(200)),
        Promise.all(Array.from(upTo(100), (number) => call.add(number, 0))),
        readAll(stream.bigPages(3, LARGE)),
      ])
      expectEqual(seen, [
        [...upTo(300), 'end'],
        [...upTo(200), new Error('Page 201 is torn.')],
        [...upTo(100)],
        [...Array.from(upTo(3), (page) => bytesOf(LARGE, page)), 'end'],
      ])
    },
  },
  {
    name: 'a stream that gives nothing in time fails, and its producer stops',
    async run({ channel }) {
      // Long enough for the one item that comes.
      const { stream } = channel.with({ timeout: 500 })
      const [item, error] = await readAll(stream.silent(never()))
      expectEqual([item, codeOf(error)], ['the only one', 'timeout'])
      await until(channel.call, ({ running }) => running === 0)
    },
  },
]
