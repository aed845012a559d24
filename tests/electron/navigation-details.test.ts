import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeInElectron } from './describe-in-electron.ts'

const fixture = join(import.meta.dirname, 'fixture-app')

describeInElectron('will-navigate', ({ launch }) => {
  test('tells the address in its first argument', async () => {
    const { app } = await launch(fixture)
    const page = await app.firstWindow()
    const url = app.evaluate(
      ({ webContents }) =>
        new Promise((resolve) => {
          webContents.getAllWebContents()[0]!.once('will-navigate', (event) => {
            event.preventDefault()
            resolve(event.url)
          })
        }),
    )

    await page.evaluate("location.href = '/elsewhere'")

    expect(await url).toBe('app://fixture/elsewhere')
    expect(page.url()).toBe('app://fixture/index.html')
  })
})
