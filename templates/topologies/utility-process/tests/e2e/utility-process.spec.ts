import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Page, TestInfo } from '@playwright/test'
import { expect, test } from './app'

/** Starts a job of many minutes: its file is large, and takes no room on the disk. */
async function startLongJob(app: ElectronApplication, page: Page, info: TestInfo): Promise<void> {
  const folder = info.outputPath()
  await writeFile(join(folder, 'huge.bin'), '')
  await truncate(join(folder, 'huge.bin'), 500_000_000_000)
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, folder)
  await page.getByLabel('Ask me above').selectOption('1 TB')
  await page.getByRole('button', { name: 'Choose a folder' }).click()
  await expect(page.locator('.utility-process .status')).toContainText('0 of 1 file')
}

async function hashThisApp(page: Page): Promise<void> {
  await page.getByLabel('Ask me above').selectOption('1 TB')
  await page.getByRole('button', { name: 'This app’s files' }).click()
  await expect(page.locator('.utility-process .status')).toContainText('All of it:', {
    timeout: 60_000,
  })
}

test('the indexer asks about a large file, and leaves it out', async ({ app, openDemo }, info) => {
  const page = await openDemo('Utility process')
  await startLongJob(app, page, info)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.locator('.utility-process .status')).toHaveText('Cancelled.')
  await page.getByLabel('Ask me above').selectOption('100 MB')
  await page.getByRole('button', { name: 'Choose a folder' }).click()
  await expect(page.getByRole('alert')).toContainText('huge.bin has 500 GB.')
  await page.getByRole('button', { name: 'Skip it' }).click()
  await expect(page.locator('.utility-process .status')).toContainText('1 skipped')
})

for (const [button, words] of [
  ['Kill', 'killed by this app'],
  ['Crash', 'crashed'],
  ['Throw', 'ended by an error that nobody caught'],
  ['Exit with 3', 'exited with code 3'],
] as const) {
  test(`"${button}" ends the job, and the next one works`, async ({ app, openDemo }, info) => {
    const page = await openDemo('Utility process')
    await startLongJob(app, page, info)
    await page.getByRole('button', { name: button }).click()
    await expect(page.locator('.utility-process .status')).toContainText('The indexer is gone')
    await expect(page.locator('.utility-process .life')).toContainText(
      `${words} · starts again in 100 ms`,
    )
    await expect(page.getByText('hashes · connected · port 2')).toBeVisible()
    await hashThisApp(page)
  })
}
