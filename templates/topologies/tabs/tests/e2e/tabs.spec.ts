import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './app'

/** An Electron before 30 has no views that could be used, though it may have something of that name. */
async function hasViews(app: ElectronApplication): Promise<boolean> {
  return app.evaluate(() => Number.parseInt(process.versions.electron, 10) >= 30)
}

/** Opens a window with tabs by the first window, and gives the page of its strip. */
async function openStrip(
  openDemo: (title: string) => Promise<Page>,
  pageOf: (node: string) => Promise<Page>,
): Promise<Page> {
  const page = await openDemo('Tabs')
  await page.getByRole('button', { name: 'Open a window with tabs' }).click()
  const strip = await pageOf('tabs')
  await expect(strip.locator('.tab[data-state="connected"]')).toHaveCount(1)
  return strip
}

test('an Electron without views has no tabs, and says so', async ({ app, openDemo }) => {
  const page = await openDemo('Tabs')
  test.skip(await hasViews(app), 'this one has views')
  await expect(page.getByText('There are no tabs. Views need Electron 30')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open a window with tabs' })).toBeDisabled()
})

test.describe('in an Electron with views', () => {
  test.beforeEach(async ({ app }) => {
    test.skip(!(await hasViews(app)), 'this one has none')
  })

  test('tabs are opened, shown and closed', async ({ openDemo, pageOf }) => {
    const strip = await openStrip(openDemo, pageOf)
    await strip.getByRole('button', { name: 'New note' }).click()
    const tabs = strip.getByRole('tab')
    await expect(tabs).toHaveCount(2)
    await expect(tabs.nth(1)).toHaveAttribute('aria-selected', 'true')
    await tabs.nth(0).click()
    await expect(tabs.nth(0)).toHaveAttribute('aria-selected', 'true')
    await tabs.nth(0).press('Delete')
    await expect(tabs).toHaveCount(1)
  })

  test('the strip finds what is in the notes, over the port of each', async ({
    openDemo,
    pageOf,
  }) => {
    const strip = await openStrip(openDemo, pageOf)
    const note = await pageOf('tab')
    await note.getByRole('textbox').fill('Ports here\nports there')
    await expect(strip.getByRole('tab')).toHaveText(/Ports here4/)
    await strip.getByRole('searchbox').fill('ports')
    await expect(strip.getByRole('status')).toHaveText('2 in 1 note')
  })

  test('a tab that moves to a new window keeps its page, and gets a port there', async ({
    app,
    openDemo,
    pageOf,
  }) => {
    const strip = await openStrip(openDemo, pageOf)
    const note = await pageOf('tab')
    await note.getByRole('textbox').fill('On the move')
    await strip.getByRole('button', { name: 'New note' }).click()
    const moved = strip.getByRole('tab', { name: 'On the move' })
    await moved.click()
    await expect(moved).toHaveAttribute('aria-selected', 'true')
    await strip.getByLabel('Move this tab').selectOption('A new window')
    await expect(strip.getByRole('tab')).toHaveCount(1)
    const other = () => app.windows().find((page) => page.url() === strip.url() && page !== strip)
    await expect.poll(other).toBeDefined()
    const tab = other()?.getByRole('tab', { name: 'On the move' })
    await expect(tab!).toHaveAttribute('data-state', 'connected')
    await expect(note.getByRole('textbox')).toHaveValue('On the move')
  })

  test('content of others says one thing to its window, and gets nowhere', async ({
    openDemo,
    pageOf,
  }) => {
    const strip = await openStrip(openDemo, pageOf)
    await strip.getByRole('button', { name: 'Open a foreign page' }).click()
    const guest = await pageOf('guest')
    await guest.getByRole('button', { name: '#2563a8' }).click()
    await expect(strip.getByRole('status')).toHaveText('The guest chose #2563a8.')
    const outcomes = await guest.evaluate(async () => {
      // By a click of Playwright it would wait for the pages that do not come.
      document.querySelector<HTMLElement>('#try')?.click()
      const list = document.querySelector('#attempts') as HTMLElement
      while (!list.children[7]) await new Promise((resolve) => setTimeout(resolve, 20))
      return [...list.children].map((row) => row.lastChild?.textContent)
    })
    expect(outcomes).toEqual([
      'there is none',
      'still here',
      'still here',
      'TypeError',
      'nobody has seen it',
      'permission denied',
      'refused',
      'there is neither',
    ])
  })
})
