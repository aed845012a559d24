import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeInElectron } from './describe-in-electron.ts'
import { runCommand } from './run-command.ts'

const fixture = join(import.meta.dirname, 'fixture-app')

describeInElectron('A real Electron', ({ electron, env, launch }) => {
  function runElectron(...args: string[]): Promise<string> {
    const options = { timeout: 30_000, env: { ...process.env, ...env() } }
    return runCommand(electron().execPath, ['--no-sandbox', ...args], options)
  }

  test('introduces itself with its version', async () => {
    expect(await runElectron('--version')).toBe(`v${electron().version}\n`)
  })

  test('takes name, version and path from the package.json of the app', async () => {
    const running = await launch(fixture, { args: ['--of-the-app'] })

    const seen = await running.app.evaluate(({ app }) => ({
      name: app.getName(),
      version: app.getVersion(),
      path: app.getAppPath(),
      isPackaged: app.isPackaged,
      isDefaultApp: (process as { defaultApp?: boolean }).defaultApp,
      isMain: globalThis.fixture.isMain,
      lastArgument: process.argv.at(-1),
    }))

    expect(seen).toEqual({
      name: 'electron-fixture',
      version: '1.2.3',
      path: fixture,
      isPackaged: false,
      isDefaultApp: true,
      isMain: true,
      lastArgument: '--of-the-app',
    })
  })

  test('loads a page from a privileged scheme into a sandboxed window', async () => {
    const { app } = await launch(fixture)
    const page = await app.firstWindow()

    expect(page.url()).toBe('app://fixture/index.html')
    expect(await page.title()).toBe('Fixture')
    expect(await page.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(
      false,
    )
  })

  test('brings a port from main to the page', async () => {
    const { app } = await launch(fixture)
    const page = await app.firstWindow()

    await page.getByText('echo').waitFor()

    expect(await page.textContent('output')).toBe('{"echo":"hello"}')
  })

  test('ends with a sentence where there is no app', async () => {
    const folder = join(fixture, 'page')

    await expect(runElectron(folder)).rejects.toThrow(`Unable to find Electron app at "${folder}"`)
  })
})
