import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './app'

let folder: string

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utility-process-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

/** Starts a job that lasts for as long as it likes: the indexer waits for an answer to its question. */
async function startLongJob(app: ElectronApplication, page: Page): Promise<void> {
  await writeFile(join(folder, 'large.bin'), Buffer.alloc(2_000_000))
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, folder)
  await page.getByLabel('Ask me above').selectOption('1 MB')
  await page.getByRole('button', { name: 'Choose a folder' }).click()
  await expect(page.getByRole('alert')).toContainText('large.bin has 2 MB.')
}

async function hashThisApp(page: Page): Promise<void> {
  await page.getByLabel('Ask me above').selectOption('1 TB')
  await page.getByRole('button', { name: 'This app’s files' }).click()
  await expect(page.locator('.utility-process .status')).toContainText('All of it:', {
    timeout: 60_000,
  })
}

test('the indexer asks about a large file, and leaves it out', async ({ app, openDemo }) => {
  const page = await openDemo('Utility process')
  await startLongJob(app, page)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.locator('.utility-process .status')).toHaveText('Cancelled.')
  await startLongJob(app, page)
  await page.getByRole('button', { name: 'Skip it' }).click()
  await expect(page.locator('.utility-process .status')).toContainText('1 skipped')
})

for (const [button, words] of [
  ['Kill', 'killed by this app'],
  ['Crash', 'crashed'],
  ['Throw', 'ended by an error that nobody caught'],
  ['Exit with 3', 'exited with code 3'],
] as const) {
  test(`"${button}" ends the job, and the next one works`, async ({ app, openDemo }) => {
    const page = await openDemo('Utility process')
    await startLongJob(app, page)
    await page.getByRole('button', { name: button }).click()
    await expect(page.locator('.utility-process .status')).toContainText('The indexer is gone')
    await expect(page.locator('.utility-process .life')).toContainText(
      `${words} · starts again in 100 ms`,
    )
    // The third, where the second was given out before main knew of the end.
    await expect(page.getByText(/^hashes · connected · port [23]/)).toBeVisible()
    await hashThisApp(page)
  })
}
