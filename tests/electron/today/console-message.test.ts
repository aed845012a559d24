import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { describeInElectron } from '../describe-in-electron.ts'

const fixture = join(import.meta.dirname, '../fixture-app')
const electron = inject('electron')

const tellsByEvent = 'major' in electron && electron.major >= 35

describeInElectron('console-message', ({ launch }) => {
  test('tells by its event since Electron 35, and by arguments before', async () => {
    const { app } = await launch(fixture)
    const page = await app.firstWindow()
    await app.evaluate(({ webContents }) => {
      const [contents] = webContents.getAllWebContents()
      contents!.on('console-message', ({ level, message }, ...others: unknown[]) => {
        const told = { byEvent: [level, message], byArguments: others.slice(0, 2) }
        Reflect.set(globalThis, 'told', told)
      })
    })

    await page.evaluate(() => console.error('It leaks.'))

    // Since 35 the arguments are deprecated, and there as yet.
    const told = (): Promise<unknown> => app.evaluate(() => Reflect.get(globalThis, 'told'))
    await expect
      .poll(told)
      .toMatchObject(
        tellsByEvent
          ? { byEvent: ['error', 'It leaks.'] }
          : { byEvent: [undefined, undefined], byArguments: [3, 'It leaks.'] },
      )
  })
})
