/** Signals, timeouts, and streams that are left. */
import type { Case } from './case.ts'
import { expectEqual, expectTrue } from './expect-equal.ts'
import { failureOf, until, never, codeOf } from './helpers.ts'

export const cancelling: Case[] = [
  {
    name: 'a signal among the arguments stops the handler, which learns of the reason',
    async run({ channel: { call } }) {
      const controller = new AbortController()
      const answer = failureOf(call.wait(controller.signal))
      await until(call, ({ running }) => running === 1)
      const reason = new RangeError('Too late.')
      controller.abort(reason)
      expectTrue((await answer) === reason, 'the call rejects with the reason itself')
      await until(call, ({ running }) => running === 0)
      expectEqual((await call.probe()).stoppedFor, ['RangeError: Too late.'])
    },
  },
  {
    name: "the platform's own reason for an abort has its name there",
    async run({ channel: { call } }) {
      const controller = new AbortController()
      const answer = failureOf(call.wait(controller.signal))
      controller.abort()
      expectEqual(((await answer) as Error).name, 'AbortError')
      await until(call, ({ stoppedFor }) => stoppedFor.length === 1)
      const [reason = ''] = (await call.probe()).stoppedFor
      expectTrue(reason.startsWith('AbortError: '), `"${reason}" is an AbortError`)
    },
  },
  {
    name: 'a signal that the terms of a call have ends its wait',
    async run({ channel }) {
      const controller = new AbortController()
      const answer = failureOf(channel.with({ signal: controller.signal }).call.nap(50))
      controller.abort('enough')
      expectEqual(await answer, 'enough')
      expectEqual(
        await failureOf(channel.with({ signal: controller.signal }).call.nap(1)),
        'enough',
      )
    },
  },
  {
    name: 'a call that is not answered in time fails, and its handler stops',
    async run({ channel }) {
      const error = await failureOf(channel.with({ timeout: 30 }).call.wait(never()))
      expectEqual(codeOf(error), 'timeout')
      await until(channel.call, ({ running }) => running === 0)
      const [reason = ''] = (await channel.call.probe()).stoppedFor
      expectTrue(reason.startsWith('PortError: '), `"${reason}" is a PortError`)
    },
  },
]
