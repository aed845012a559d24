/** The end of a channel, from either side. */
import { PortError } from '../../../templates/base/src/ports/errors.ts'
import type { Case } from './case.ts'
import { expectEqual } from './expect-equal.ts'
import { bytesOf, upTo } from './fixture.ts'
import { LARGE, never, readAll, failureOf, until } from './helpers.ts'

export const closing: Case[] = [
  {
    name: 'what was sent before a close arrives before it',
    async run({ channel: { notify, close } }) {
      for (const number of upTo(1000)) notify.note(number)
      close('it is night.')
    },
    after({ noted }, reason) {
      expectEqual(noted, [...upTo(1000)])
      expectEqual(reason, new PortError('closed', 'The other end closed the port: it is night.'))
    },
  },
  {
    name: 'what waits behind large messages arrives before the close, too',
    async run({ channel: { notify, close } }) {
      for (const number of upTo(100)) notify.note(number, bytesOf(LARGE, number))
      for (const number of [101, 102, 103]) notify.note(number)
      close('it is night.')
    },
    after({ noted }, reason) {
      expectEqual(noted, [...upTo(103)])
      expectEqual(reason, new PortError('closed', 'The other end closed the port: it is night.'))
    },
  },
  {
    name: 'whatever waits fails when the other end closes, after what it sent before',
    async run({ channel: { call, stream, closed }, reader }) {
      const items = stream.silent(never())[Symbol.asyncIterator]()
      await items.next()
      const waiting = [call.wait(never()), items.next(), call.closeAfterTelling(500)].map(failureOf)
      const error = new PortError('closed', 'The other end closed the port: it is night.')
      expectEqual(await Promise.all(waiting), [error, error, error])
      expectEqual(reader.told, [...upTo(500)])
      expectEqual(await closed, error)
    },
    after({ stoppedFor }) {
      const here = 'PortError: This end closed the port: it is night.'
      expectEqual(stoppedFor, [here, here])
    },
  },
  {
    name: 'whatever waits fails when its own end closes, and the handlers are stopped',
    async run({ channel: { call, stream, close } }) {
      const items = stream.silent(never())[Symbol.asyncIterator]()
      await items.next()
      for await (const _ of stream.count(20)) break
      const waiting = [call.wait(never()), items.next()].map(failureOf)
      await until(call, ({ running }) => running === 2)
      close('it is night.')
      const error = new PortError('closed', 'This end closed the port: it is night.')
      expectEqual(await Promise.all(waiting), [error, error])
    },
    after({ stoppedFor }) {
      const there = 'PortError: The other end closed the port: it is night.'
      expectEqual(stoppedFor, [there, there])
    },
  },
  {
    name: 'a closed channel fails whatever is asked, and may be closed again',
    async run({ channel: { call, stream, notify, close, closed } }) {
      close('it is night.')
      close('it is day.')
      const error = new PortError('closed', 'This end closed the port: it is night.')
      expectEqual(await closed, error)
      expectEqual(await failureOf(call.add(1, 2)), error)
      expectEqual(await readAll(stream.count(3)), [error])
      expectEqual(await failureOf(async () => notify.note(1)), error)
    },
    after: ({ noted }) => expectEqual(noted, []),
  },
  {
    name: 'a port that closes without a word ends the channel',
    needsCloseEvent: true,
    async run({ channel: { call }, port }) {
      void call.wait(never()).catch(() => {})
      await until(call, ({ running }) => running === 1)
      port.close()
    },
    after({ stoppedFor }, reason) {
      expectEqual(reason, new PortError('closed', 'The other end of the port is gone.'))
      expectEqual(stoppedFor, ['PortError: The other end of the port is gone.'])
    },
  },
]
