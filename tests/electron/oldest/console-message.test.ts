import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeInElectron } from '../describe-in-electron.ts'

const fixture = join(import.meta.dirname, '../fixture-app')

/** A polyfill for what Electron has since 35. */
describeInElectron('console-message', ({ launch }) => {
  test('tells the message in its first argument', async () => {
    const { app } = await launch(fixture)
    const page = await app.firstWindow()
    const message = app.evaluate(
      ({ webContents }) =>
        new Promise((resolve) => {
          webContents.getAllWebContents()[0]!.once('console-message', (event) => {
            resolve({ level: event.level, message: event.message })
          })
        }),
    )

    await page.evaluate(() => console.error('It leaks.'))

    expect(await message).toEqual({ level: 'error', message: 'It leaks.' })
  })
})
