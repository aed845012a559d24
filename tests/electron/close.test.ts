import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeInElectron } from './describe-in-electron.ts'

const fixture = join(import.meta.dirname, 'fixture-app')
const isLinux = process.platform === 'linux'

describeInElectron('Closing an app', ({ launch }) => {
  test.runIf(isLinux)('leaves no process', async () => {
    const running = await launch(fixture)
    await running.app.firstWindow()
    expect((await running.processes()).length).toBeGreaterThan(2)

    await running.close()

    expect(await running.processes()).toEqual([])
  })

  test('removes its profile', async () => {
    const running = await launch(fixture)
    const profile = await running.app.evaluate(({ app }) => app.getPath('userData'))
    expect(existsSync(profile)).toBe(true)

    await running.close()

    expect(existsSync(profile)).toBe(false)
  })

  test('is no failure when the app has ended by itself', async () => {
    const running = await launch(fixture)
    const ended = running.app.waitForEvent('close')
    await running.app.evaluate(({ app }) => setTimeout(() => app.exit(3))).catch(() => {})
    await ended

    await expect(running.close()).resolves.toBeUndefined()
  })

  test.runIf(isLinux)('kills what the app leaves behind, and says so', async () => {
    const running = await launch(fixture, { patience: { leftovers: 1_000 } })
    await running.app.evaluate(() => globalThis.fixture.spawnSleep())

    await expect(running.close()).rejects.toThrow(/The app left processes behind:[^]*\d sleep 300/)

    expect(await running.processes()).toEqual([])
  })

  test.runIf(isLinux)('kills an app that does not quit, and says so', async () => {
    const running = await launch(fixture, { patience: { quit: 1_000 } })
    await running.app.evaluate(({ app }) =>
      app.on('before-quit', (event) => event.preventDefault()),
    )

    await expect(running.close()).rejects.toThrow('The app does not quit')

    expect(await running.processes()).toEqual([])
  })
})
