import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { pageOf } from './darkroom.ts'
import { ALL_TOPOLOGIES, expectAllToWork } from './demos.ts'
import { takePictures } from './pictures-of-demos.ts'
import { takePicturesOfLiveView } from './pictures-of-live-view.ts'
import { runScript } from './project.ts'
import { noteStartOrder, readStartOrder } from './start-order.ts'
import { useProject } from './use-project.ts'

describeInElectron('A project of all topologies', ({ launch, env }) => {
  const project = useProject(ALL_TOPOLOGIES, env)

  // On the newer one each topology passes them in a project of its own.
  test.runIf(inject('onOldestElectron') || process.env['UPDATE_SCREENSHOTS'])(
    'passes its own tests in Electron',
    async () => {
      expect(await runScript(project(), env(), 'test:e2e')).not.toMatch(/failed|flaky/)
    },
    600_000,
  )

  test('runs: every link of its first window connects', async () => {
    const { app } = await launch(project())
    await expectAllToWork(app, ALL_TOPOLOGIES)
  })

  test('makes no other window and no utility process until its first window is shown', async () => {
    await noteStartOrder(project())
    const { app } = await launch(project())
    await pageOf(app, 'worker')
    await expect
      .poll(async () => (await readStartOrder(app)).filter((step) => step === 'process').length)
      .toBe(2)
    expect((await readStartOrder(app)).slice(0, 2)).toEqual(['window', 'shown'])
  })

  test('lets main take a port that a page made from the window of its node alone', async () => {
    const { app } = await launch(project())
    const gauge = await pageOf(app, 'gauge')
    for (let times = 0; times < 20; times++) expect(await knock(gauge)).toBe('closed')
    expect(await knock(await pageOf(app, 'app'))).toBe('answered')
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

  /** Of the build for tests that its own tests have left. */
  test.runIf(process.env['UPDATE_SCREENSHOTS'])(
    'takes pictures of its live view',
    async () => {
      const { app } = await launch(project())
      await takePicturesOfLiveView(app, join(import.meta.dirname, '../../docs'))
      expect(readdirSync('docs')).toContain('live-view-dark.jpg')
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

/** Every page has that way to main, by the preload. */
function knock(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { port1, port2 } = new MessageChannel()
    const outcome = new Promise<string>((resolve) => {
      port1.addEventListener('message', () => resolve('answered'))
      port1.addEventListener('close', () => resolve('closed'))
    })
    port1.start()
    port1.postMessage({ sentAt: 0 })
    postMessage('own-port', location.origin, [port2])
    return outcome
  })
}
