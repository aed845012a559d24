import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { pageOf } from './darkroom.ts'
import { ALL_TOPOLOGIES, expectAllToWork } from './demos.ts'
import { takePictures } from './pictures-of-demos.ts'
import { runScript } from './project.ts'
import { useProject } from './use-project.ts'

describeInElectron('A project of all topologies', ({ launch, env }) => {
  const project = useProject(ALL_TOPOLOGIES, env)

  test('passes its own tests in Electron', async () => {
    expect(await runScript(project(), env(), 'test:e2e')).not.toMatch(/failed|flaky/)
  }, 300_000)

  test('runs: every link of its first window connects', async () => {
    const { app } = await launch(project())
    await expectAllToWork(app, ALL_TOPOLOGIES)
  })

  /** `UPDATE_SCREENSHOTS=1 npx vitest run full-project` makes the pictures of the README anew. */
  test.runIf(process.env['UPDATE_SCREENSHOTS'])(
    'takes its pictures',
    async () => {
      const { app } = await launch(project())
      await takePictures(app, join(import.meta.dirname, '../../docs/topologies'))
      expect(readdirSync('docs/topologies').length).toBeGreaterThanOrEqual(ALL_TOPOLOGIES.length)
    },
    120_000,
  )

  test('shows one demo at a time, each within the window', async () => {
    const { app } = await launch(project())
    const page = await pageOf(app, 'app')
    for (const tab of await page.locator('.tabs button').all()) {
      await tab.click()
      expect(await page.locator('.card:visible').count()).toBe(1)
      const { needed, given } = await page.evaluate(() => ({
        needed: document.documentElement.scrollWidth,
        given: innerWidth,
      }))
      expect(needed).toBeLessThanOrEqual(given)
    }
  })
})
