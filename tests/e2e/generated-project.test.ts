import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { runCommand } from '../electron/run-command.ts'
import { pageOf } from './darkroom.ts'
import { expectToPassWithoutDemos, runScript } from './project.ts'
import { useProject } from './use-project.ts'

/** Its own tests run where Playwright adds `--no-sandbox`, so that they may run as root. */
describeInElectron('A generated project', ({ env, launch }) => {
  const project = useProject(['worker-window'], env)

  test('passes its type check', async () => {
    await runScript(project(), env(), 'typecheck')
  }, 180_000)

  test('passes its linter', async () => {
    await runScript(project(), env(), 'lint')
  })

  test('is formatted by its own formatter', async () => {
    await runCommand('npx', ['prettier', '--check', '.'], { cwd: project(), timeout: 60_000 })
  })

  test('passes its unit tests', async () => {
    expect(await runScript(project(), env(), 'test')).toMatch(/Tests .*\d+ passed/)
  })

  test('passes its tests in Electron', async () => {
    expect(await runScript(project(), env(), 'test:e2e')).toMatch(/\d+ passed/)
  }, 300_000)

  test('is a skeleton that passes its checks when its demos were removed as its README says', async () => {
    await expectToPassWithoutDemos(project(), env())
  }, 180_000)

  test('follows the theme of the system, and one that is set in the page', async () => {
    const { app } = await launch(project())
    const page = await pageOf(app, 'app')
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const [light, dark] = ['rgb(244, 241, 236)', 'rgb(23, 21, 19)']
    for (const [system, ofSystem] of [
      ['dark', dark],
      ['light', light],
    ] as const) {
      await page.emulateMedia({ colorScheme: system }) // Playwright has one of its own
      await expect.poll(background).toBe(ofSystem)
      for (const [own, expected] of [
        ['dark', dark],
        ['light', light],
        ['', ofSystem],
      ] as const) {
        await page.evaluate((theme) => (document.documentElement.dataset['theme'] = theme), own)
        expect(await background()).toBe(expected)
      }
    }
  })

  test('is built for CommonJS, with nothing left to resolve in the preload but Electron', async () => {
    const preload = await readFile(join(project(), 'out/preload/index.cjs'), 'utf8')
    const required = [...preload.matchAll(/require\(["']([^"']+)["']\)/g)].map(([, name]) => name)
    expect(required).toEqual(['electron'])
  })
})
