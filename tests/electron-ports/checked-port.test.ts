import { expect, inject, test } from 'vitest'
import { HOLDS } from '../ports/cases/meet.ts'
import { expectToHold } from './expect-to-hold.ts'
import { describeInPortsApp } from './ports-app.ts'

const name = 'an argument that cannot be cloned fails that call alone'
const places = ['main', 'utility'] as const

describeInPortsApp('What cannot be cloned', (app) => {
  test.each(places)('leaves a checked port of %s open', (reader) =>
    expectToHold(app, { reader, library: 'page' }, name),
  )

  test.each(places)('closes any other port of %s before Electron 32', async (reader) => {
    const electron = inject('electron')
    const closes = 'major' in electron && electron.major < 32
    const outcome = await app.play({ reader, library: 'page' }, name, false)
    expect(outcome.reader).toContain(closes ? 'The other end of the port is gone.' : HOLDS)
  })
})
