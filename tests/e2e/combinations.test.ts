import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { pageOf } from './darkroom.ts'
import { takePictures } from './pictures-of-demos.ts'
import { makeProject, removeProject, runScript } from './project.ts'
import { useProject } from './use-project.ts'

const ALL = readdirSync('templates/topologies').toSorted()

/** Beside the full set: pairs of which each has something in main, in the preload or in a process of its own. */
const SETS = [
  ['main-port', 'worker-window'],
  ['main-port', 'main-world'],
  ['main-port', 'utility-process'],
  ['main-world', 'reply-stream'],
  ['renderer-bridge', 'utility-process'],
  ['renderer-bridge', 'worker-window'],
  ['main-port', 'renderer-bridge', 'reply-stream'],
  ['main-world', 'utility-process', 'worker-window'],
]

describeInElectron('A project of', ({ launch, env }) => {
  test.each(SETS.map((names) => [names.join(', '), names] as const))(
    '%s is installed, built, and runs: every link of its first window connects',
    async (_, names) => {
      const project = await makeProject(names, env())
      try {
        const { app } = await launch(project)
        await expectAllToWork(app, names)
        await app.close()
      } finally {
        await removeProject(project)
      }
    },
    180_000,
  )
})

describeInElectron('A project of all topologies', ({ launch, env }) => {
  const project = useProject(ALL, env)

  test('passes its own checks', async () => {
    await runScript(project(), env(), 'typecheck')
    await runScript(project(), env(), 'lint')
    await runScript(project(), env(), 'test')
  }, 180_000)

  test('passes its own tests in Electron', async () => {
    expect(await runScript(project(), env(), 'test:e2e')).not.toMatch(/failed|flaky/)
  }, 300_000)

  test('runs: every link of its first window connects', async () => {
    const { app } = await launch(project())
    await expectAllToWork(app, ALL)
  })

  /** `UPDATE_SCREENSHOTS=1 npx vitest run combinations` makes the pictures of the README anew. */
  test.runIf(process.env['UPDATE_SCREENSHOTS'])(
    'takes its pictures',
    async () => {
      const { app } = await launch(project())
      await takePictures(app, join(import.meta.dirname, '../../docs/topologies'))
      expect(readdirSync('docs/topologies').length).toBeGreaterThanOrEqual(ALL.length)
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

/** Opens each tab, waits for its links, and sees that nothing was said on the console. */
async function expectAllToWork(app: ElectronApplication, names: string[]): Promise<void> {
  const page = await pageOf(app, 'app')
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.reload()
  const tabs = await page.locator('.tabs button').all()
  expect(tabs).toHaveLength(names.length)
  for (const tab of tabs) {
    await tab.click()
    await expect.poll(() => statesOf(page), { timeout: 10_000 }).toEqual(['connected'])
  }
  expect(complaints).toEqual([])
}

/** The states of the links that are seen, each once. */
async function statesOf(page: Page): Promise<(string | null)[]> {
  const badges = await page.locator('.link:visible').all()
  const states = await Promise.all(badges.map((badge) => badge.getAttribute('data-state')))
  return [...new Set(states)]
}
