import type { Page } from '@playwright/test'
import { crash, expect, test } from './app'

async function startPainting(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Use the sample' }).click()
  await page.getByRole('button', { name: 'Paint', exact: true }).click()
  await expect(page.getByRole('status')).toContainText('Painting…')
}

test('the worker window paints the sample', async ({ openDemo }) => {
  const page = await openDemo('Worker window')
  await startPainting(page)
  await expect(page.getByRole('status')).toContainText('Done in', { timeout: 20_000 })
  const painting = page.getByRole('img', { name: 'The painting' })
  expect(await painting.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1200)
})

test('a job can be cancelled, and another one started', async ({ openDemo }) => {
  const page = await openDemo('Worker window')
  await startPainting(page)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('status')).toHaveText('Cancelled.')
  await page.getByLabel('Width').selectOption('as it is')
  await page.getByRole('button', { name: 'Paint', exact: true }).click()
  await expect(page.getByRole('status')).toContainText('Done in')
})

test('a file that is no picture is refused in words', async ({ openDemo }) => {
  const page = await openDemo('Worker window')
  const file = { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') }
  await page.getByLabel('Choose a picture').setInputFiles(file)
  await expect(page.getByRole('status')).toContainText('not a picture')
})

test('a job fails when the worker crashes, and the next one works', async ({ app, openDemo }) => {
  const page = await openDemo('Worker window')
  await startPainting(page)
  await crash(app, 'worker')
  await expect(page.getByRole('status')).toContainText('gone', { timeout: 1000 })
  // The third, where the second was given out before main knew of the crash.
  await expect(page.getByText(/^jobs · connected · port [23]/)).toBeVisible()
  await startPainting(page)
  await expect(page.getByRole('status')).toContainText('Done in', { timeout: 20_000 })
})

test('a reloaded page gets a new port', async ({ openDemo }) => {
  const page = await openDemo('Worker window')
  await startPainting(page)
  await page.reload()
  await expect(page.getByText('jobs · connected · port 2')).toBeVisible()
  await startPainting(page)
})
