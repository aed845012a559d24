import { truncateSync, writeFileSync } from 'node:fs'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './app'

/** Writes a file of many lines and has the user choose it. */
async function choose(
  app: ElectronApplication,
  page: Page,
  path: string,
  lines: number,
): Promise<void> {
  writeFileSync(path, Array.from({ length: lines }, (_, i) => `This is line ${i + 1}\n`).join(''))
  await app.evaluate(({ dialog }, chosen) => {
    const answer = { canceled: false, filePaths: [chosen] }
    Object.assign(dialog, { showOpenDialog: async () => answer })
  }, path)
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await expect(page.getByRole('status')).toContainText('Ready')
}

/** Starts so slowly that there is time to do something in the middle. */
async function startSlowly(page: Page): Promise<void> {
  await page.getByLabel('Slow reader').check()
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.locator('.lines li').first()).toContainText('This is line')
}

test('a file is read to its end', async ({ app, openDemo }, testInfo) => {
  const page = await openDemo('Reply stream')
  await choose(app, page, testInfo.outputPath('a.log'), 100_000)
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('status')).toContainText('End of file: 100,000 lines')
  await expect(page.getByText('This is line 100000')).toBeVisible()
})

test('a search finds the lines with a text', async ({ app, openDemo }, testInfo) => {
  const page = await openDemo('Reply stream')
  await choose(app, page, testInfo.outputPath('a.log'), 100_000)
  await page.getByLabel('Only lines with').fill('LINE 7777')
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('status')).toContainText('End of file')
  await expect(page.getByText('This is line 7777')).toHaveCount(11)
})

test('while it is paused nothing comes; then it goes on', async ({ app, openDemo }, testInfo) => {
  const page = await openDemo('Reply stream')
  await choose(app, page, testInfo.outputPath('a.log'), 300_000)
  await startSlowly(page)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.waitForTimeout(500) // for what was shown last
  const last = await page.locator('.lines li').last().textContent()
  await page.waitForTimeout(500)
  expect(await page.locator('.lines li').last().textContent()).toBe(last)

  await page.getByLabel('Slow reader').uncheck()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByRole('status')).toContainText('End of file: 300,000 lines')
})

test('reading can be cancelled', async ({ app, openDemo }, testInfo) => {
  const page = await openDemo('Reply stream')
  await choose(app, page, testInfo.outputPath('a.log'), 300_000)
  await startSlowly(page)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('status')).toHaveText('Cancelled.')
})

test('an error in the middle is no end', async ({ app, openDemo }, testInfo) => {
  const page = await openDemo('Reply stream')
  await choose(app, page, testInfo.outputPath('a.log'), 300_000)
  await startSlowly(page)
  truncateSync(testInfo.outputPath('a.log'), 3_000_000)
  await page.getByLabel('Slow reader').uncheck()
  await expect(page.getByRole('status')).toContainText('shorter')
})

test('a reloaded page gets a new port', async ({ app, openDemo }, testInfo) => {
  const page = await openDemo('Reply stream')
  await choose(app, page, testInfo.outputPath('a.log'), 300_000)
  await startSlowly(page)
  await page.reload()
  await expect(page.getByText('lines · connected · port 2')).toBeVisible()
  await choose(app, page, testInfo.outputPath('b.log'), 10)
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('status')).toContainText('End of file: 10 lines')
})
