import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeInElectron } from '../describe-in-electron.ts'

const fixture = join(import.meta.dirname, '../fixture-app')

/** A polyfill for what Electron has since 35. */
describeInElectron('console-message', ({ launch }) => {
  test('tells the message in its first argument', async () => {
    const { app } = await launch(fixture)
    const page = await app.firstWindow()
    // It listens before the page says anything.
    const heard = await app.evaluateHandle(({ webContents }) => {
      const message = new Promise((resolve) => {
        webContents.getAllWebContents()[0]!.once('console-message', (event) => {
          resolve({ level: event.level, message: event.message })
        })
      })
      return { message }
    })

    await page.evaluate(() => console.error('It leaks.'))

    expect(await heard.evaluate(({ message }) => message)).toEqual({
      level: 'error',
      message: 'It leaks.',
    })
  })
})
