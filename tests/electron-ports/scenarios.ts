/** Cases for some pairs only: what they show takes its time. */
import type { Case } from '../ports/cases/case.ts'
import { cases } from '../ports/cases/cases.ts'
import { expectEqual } from '../ports/cases/expect-equal.ts'
import { bytesOf, upTo } from '../ports/cases/fixture.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'

export const flood: Case = {
  name: 'six thousand messages of 70 KB reach an end that is busy for five seconds, in order',
  patience: 45_000,
  async run({ channel: { call, notify } }) {
    const blocked = call.block(5000)
    for (const number of upTo(6000)) notify.note(number, bytesOf(70_000, number))
    await blocked
    const { noted } = await call.probe()
    expectEqual(noted, [...upTo(6000)])
  },
}

export const hang: Case = {
  name: 'an end that hangs is found, and what waits for it fails',
  options: { heartbeat: 300 },
  async run({ channel: { call, closed } }) {
    const error = await call.wait(new AbortController().signal).catch((reason: unknown) => reason)
    expectEqual(error, new PortError('closed', 'The other end of the port does not react.'))
    expectEqual(await closed, error)
  },
  after({ stoppedFor }) {
    expectEqual(stoppedFor, ['PortError: The other end of the port is gone.'])
  },
}

export const vanish: Case = {
  name: 'an end that vanishes is missed at once, and what waits for it fails',
  needsCloseEvent: true,
  async run({ channel: { call, closed } }) {
    const error = await call.wait(new AbortController().signal).catch((reason: unknown) => reason)
    expectEqual(error, new PortError('closed', 'The other end of the port is gone.'))
    expectEqual(await closed, error)
  },
}

export const silence: Case = {
  name: 'two ends that have nothing to say do not take each other for hung',
  options: { heartbeat: 400 },
  async run({ channel: { call } }) {
    expectEqual(await call.nap(1800), 'rested')
  },
}

export const allCases: Case[] = [...cases, flood, hang, vanish, silence]
