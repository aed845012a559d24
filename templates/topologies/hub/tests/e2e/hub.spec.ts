import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './app'

/** Waits for the window of an author, and until it has the text. */
async function windowOf(app: ElectronApplication, author: string): Promise<Page> {
  let found: Page | undefined
  const find = async (): Promise<boolean> => {
    for (const each of app.windows()) if ((await each.title()) === author) found = each
    return found !== undefined
  }
  await expect.poll(find, { message: `the window of ${author}` }).toBe(true)
  await expect(textOf(found as Page)).toBeEditable()
  return found as Page
}

function textOf(window: Page) {
  return window.getByRole('textbox', { name: 'Text' })
}

/** Opens windows for the first authors, one after the other. */
async function openWindows(app: ElectronApplication, page: Page, count: number): Promise<Page[]> {
  const windows: Page[] = []
  for (const author of ['Ada', 'Grace', 'Alan'].slice(0, count)) {
    await page.getByRole('button', { name: 'New window' }).click()
    windows.push(await windowOf(app, author))
  }
  return windows
}

test('what is written in several windows at once is the same in all', async ({ app, openDemo }) => {
  const page = await openDemo('Hub')
  const [ada, grace] = (await openWindows(app, page, 2)) as [Page, Page]
  await textOf(ada).fill('')
  await expect(textOf(grace)).toHaveValue('')
  await Promise.all([
    textOf(ada).pressSequentially('aaaaaaaaaa'),
    textOf(grace).pressSequentially('gggggggggg'),
  ])
  await expect.poll(async () => (await textOf(ada).inputValue()).length).toBe(20)
  await expect(textOf(grace)).toHaveValue(await textOf(ada).inputValue())
  await expect(ada.locator('.caret')).toHaveText('Grace')
  await page.getByRole('button', { name: 'New window' }).click()
  const late = await windowOf(app, 'Alan')
  await expect(textOf(late)).toHaveValue(await textOf(ada).inputValue())
})

test('undo takes back one’s own words, also after the window was closed', async ({
  app,
  openDemo,
}) => {
  const page = await openDemo('Hub')
  const [ada, grace] = (await openWindows(app, page, 2)) as [Page, Page]
  const before = await textOf(ada).inputValue()
  await textOf(ada).fill(`${before}Ada was here.`)
  await expect(textOf(grace)).toHaveValue(`${before}Ada was here.`)
  await textOf(grace).fill(`Grace too. ${before}Ada was here.`)
  await expect(textOf(ada)).toHaveValue(`Grace too. ${before}Ada was here.`)
  const closed = ada.waitForEvent('close')
  await page.getByRole('button', { name: 'Close the window of Ada' }).click()
  await closed
  await page.getByRole('button', { name: 'Open again' }).click()
  const again = await windowOf(app, 'Ada')
  await again.getByRole('button', { name: 'Undo' }).click()
  await expect(textOf(again)).toHaveValue(`Grace too. ${before}`)
  await expect(textOf(grace)).toHaveValue(`Grace too. ${before}`)
})

test('the text outlives the hub', async ({ app, openDemo }) => {
  const page = await openDemo('Hub')
  const [ada, grace] = (await openWindows(app, page, 2)) as [Page, Page]
  await textOf(ada).fill('to be kept')
  await expect(textOf(grace)).toHaveValue('to be kept')
  await page.getByRole('button', { name: 'Kill the hub' }).click()
  await expect(grace.getByText(/docs · connected · port [2-9]/)).toBeVisible()
  await textOf(grace).fill('to be kept, and goes on')
  await expect(textOf(ada)).toHaveValue('to be kept, and goes on')
  await expect(page.locator('.hub .text')).toHaveText('to be kept, and goes on')
})
