import { beforeAll, test } from 'vitest'
import { cases } from '../ports/cases/cases.ts'
import { expectToHold } from './expect-to-hold.ts'
import { describeInPortsApp } from './ports-app.ts'
import { flood } from './scenarios.ts'

/** Posted all at once, they would be lost after the first five hundred, and so would later channels. */
describeInPortsApp('Large messages to an end that is busy', (app) => {
  beforeAll(() => app.limitFiles())

  test.each([
    ['page', 'other page'],
    ['page', 'utility'],
  ] as const)('from %s to %s arrive in order, and none is lost', async (reader, library) => {
    await expectToHold(app, { reader, library }, flood.name)
    await expectToHold(app, { reader, library }, cases[0]!.name)
  })
})
