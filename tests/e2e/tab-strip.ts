import type { ElectronApplication, Page } from 'playwright-core'
import { expect } from 'vitest'
import { pageOf } from './darkroom.ts'

/** Opens a window with tabs, and waits until its first tab has its port. */
export async function openStrip(app: ElectronApplication): Promise<Page> {
  const page = await pageOf(app, 'app')
  const before = stripsOf(app)
  await page.getByRole('button', { name: 'Open a window with tabs' }).click()
  const newest = (): Page | undefined => stripsOf(app).find((each) => !before.includes(each))
  await expect.poll(newest).toBeDefined()
  const strip = newest() as Page
  await expectStates(strip, ['connected'])
  return strip
}

export function stripsOf(app: ElectronApplication): Page[] {
  return app.windows().filter((page) => page.url().includes('/tabs/'))
}

/** Opens a tab, and gives its page once the strip has a port to it. */
export async function openTab(
  app: ElectronApplication,
  strip: Page,
  kind: 'tab' | 'guest' = 'tab',
): Promise<Page> {
  const before = app.windows()
  const states = await statesOf(strip)
  const name = kind === 'tab' ? 'New note' : 'Open a foreign page'
  await strip.getByRole('button', { name }).click()
  await expectStates(strip, [...states, 'connected'])
  const added = app.windows().find((each) => !before.includes(each))
  if (!added) throw new Error('No page has come.')
  return added
}

/** Of its tabs: `connected` when it has a port to that. */
export function statesOf(strip: Page): Promise<(string | undefined)[]> {
  return strip
    .locator('.tab')
    .evaluateAll((tabs) => tabs.map((tab) => (tab as HTMLElement).dataset['state']))
}

export async function expectStates(strip: Page, states: (string | undefined)[]): Promise<void> {
  await expect.poll(() => statesOf(strip), { timeout: 15_000 }).toEqual(states)
}

export function titlesOf(strip: Page): Promise<string[]> {
  return strip.locator('.tab .title').allTextContents()
}

export function shownIn(strip: Page): Promise<string | null> {
  return strip.locator('.tab[aria-selected="true"] .title').textContent()
}

/** Notes which views are seen from now on: a view of Electron 33 cannot tell, nor can its page, which Playwright keeps visible. */
export async function noteSeen(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ View }) => {
    const { prototype } = View
    const { setVisible } = prototype
    prototype.setVisible = function note(isSeen) {
      Object.assign(this, { isSeen })
      return setVisible.call(this, isSeen)
    }
  })
}

/** The views of the first window that has some: where they lie, which are seen, and which has the keyboard. */
export function viewsOf(app: ElectronApplication) {
  return app.evaluate(({ BrowserWindow, webContents }) => {
    const all = BrowserWindow.getAllWindows().map((window) => window.contentView.children)
    const views = (all.find(({ length }) => length > 0) ?? []) as Electron.WebContentsView[]
    return views.map((view) => ({
      bounds: view.getBounds(),
      title: view.webContents.getTitle(),
      isSeen: Reflect.get(view, 'isSeen') === true,
      hasKeyboard: view.webContents === webContents.getFocusedWebContents(),
    }))
  })
}

/** Presses keys as their user would: main hears them first. */
export async function pressIn(
  app: ElectronApplication,
  title: string,
  keyCode: string,
  ...modifiers: ('control' | 'shift')[]
): Promise<void> {
  await app.evaluate(
    ({ webContents }, { name, ...input }) => {
      const contents = webContents.getAllWebContents().find((each) => each.getTitle() === name)
      if (!contents) throw new Error(`There is no page "${name}".`)
      contents.sendInputEvent({ type: 'keyDown', ...input })
      contents.sendInputEvent({ type: 'keyUp', ...input })
    },
    { name: title, keyCode, modifiers },
  )
}
