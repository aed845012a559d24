import { readdirSync } from 'node:fs'
import type { ElectronApplication, Page } from 'playwright-core'
import { expect } from 'vitest'
import { pageOf } from './darkroom.ts'

export const ALL_TOPOLOGIES = readdirSync('templates/topologies').toSorted()

/** Opens each tab, waits for its links, and sees that nothing was said on the console. */
export async function expectAllToWork(app: ElectronApplication, names: string[]): Promise<void> {
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
