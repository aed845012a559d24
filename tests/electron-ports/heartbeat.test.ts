import { expect, test } from 'vitest'
import { HOLDS } from '../ports/cases/meet.ts'
import { expectToHold } from './expect-to-hold.ts'
import { describeInPortsApp } from './ports-app.ts'
import { hang, silence } from './scenarios.ts'

describeInPortsApp('A heartbeat', (app) => {
  test.each(['page', 'main', 'utility'] as const)(
    'tells %s of a page that hangs, whose handler stops when it goes on',
    async (reader) => {
      const page = await app.pageOf('other page')
      const hangs = await app.app.evaluate(() => globalThis.ports.processOf('other page'))
      const others = await app.app.evaluate(() => globalThis.ports.processOf('page'))
      expect(hangs).not.toBe(others)

      const played = app.play({ reader, library: 'other page' }, hang.name)
      const running = (): Promise<number | undefined> =>
        page.evaluate(() => globalThis.library?.seen.running)
      await expect.poll(running, { timeout: 10_000 }).toBe(1)
      process.kill(hangs!, 'SIGSTOP')
      try {
        expect(await app.app.evaluate(() => globalThis.ports.readerOutcome())).toBe(HOLDS)
      } finally {
        process.kill(hangs!, 'SIGCONT')
      }
      expect(await played).toEqual({ reader: HOLDS, library: HOLDS })
    },
  )

  test.each([
    ['page', 'other page'],
    ['utility', 'main'],
  ] as const)('leaves %s and %s alone that only have nothing to say', (reader, library) =>
    expectToHold(app, { reader, library }, silence.name),
  )
})
