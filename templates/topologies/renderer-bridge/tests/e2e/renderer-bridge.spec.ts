import type { Page } from '@playwright/test'
import { crash, expect, test } from './app'

const isJoined = /document · connected/

function textOf(page: Page) {
  return page.getByRole('textbox', { name: 'Text' })
}

function sheetOf(preview: Page) {
  return preview.getByRole('main', { name: 'Preview' })
}

test('the preview shows what is typed', async ({ openDemo, pageOf }) => {
  const [page, preview] = [await openDemo('Renderer bridge'), await pageOf('preview')]
  await textOf(page).fill('# Hello\n\n<b>not bold</b>')
  await expect(preview.getByRole('heading', { name: 'Hello' })).toBeVisible()
  await expect(sheetOf(preview)).toContainText('<b>not bold</b>')
})

test('a task that is ticked in the preview is ticked in the text', async ({ openDemo, pageOf }) => {
  const [page, preview] = [await openDemo('Renderer bridge'), await pageOf('preview')]
  await textOf(page).fill('- [ ] one\n- [ ] two')
  await preview.getByLabel('two').check()
  await expect(textOf(page)).toHaveValue('- [ ] one\n- [x] two')
  await expect(preview.getByLabel('two')).toBeChecked()
})

test('the text is back when the editor is closed and opened again', async ({
  app,
  openDemo,
  pageOf,
}) => {
  const [page, preview] = [await openDemo('Renderer bridge'), await pageOf('preview')]
  await textOf(page).fill('to be kept')
  await expect(sheetOf(preview)).toHaveText('to be kept')
  const window = await app.browserWindow(page)
  await window.evaluate((each) => each.close())
  await expect(preview.locator('#status')).toContainText('gone')
  await preview.getByRole('button', { name: 'Open the editor' }).click()
  const next = await openDemo('Renderer bridge')
  await expect(next.getByText(isJoined)).toBeVisible()
  await expect(textOf(next)).toHaveValue('to be kept')
})

test('the preview gets the text again after a crash', async ({ app, openDemo, pageOf }) => {
  const page = await openDemo('Renderer bridge')
  await pageOf('preview')
  await textOf(page).fill('to be shown')
  await crash(app, 'preview')
  // The third, where the second was given out before main knew of the crash.
  await expect(page.getByText(/^document · connected · port [23]/)).toBeVisible()
  await textOf(page).fill('to be shown again')
  // Playwright takes a page that crashed for dead.
  const shown = (): Promise<string> =>
    app.evaluate(({ webContents }) => {
      const all = webContents.getAllWebContents()
      const preview = all.find((each) => each.getURL().includes('/preview/'))
      return preview?.executeJavaScript('document.querySelector("#sheet").textContent')
    })
  await expect.poll(shown).toBe('to be shown again')
})

test('letters arrive while main is blocked', async ({ openDemo, pageOf }) => {
  const page = await openDemo('Renderer bridge')
  await page.getByRole('button', { name: 'Block main' }).click()
  await expect(page.getByRole('status')).toContainText('letters went meanwhile')
  await expect(sheetOf(await pageOf('preview'))).toContainText('letter by letter, as ever.')
})
