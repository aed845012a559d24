import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './app'

test('a page has neither Node nor Electron, only the hand-off', async ({ pageOf }) => {
  const page = await pageOf('app')
  const found = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
    bridge: Object.keys(Reflect.get(window, 'portsBridge')),
  }))
  expect(found).toEqual({ node: [], bridge: ['open', 'accept', 'withdraw'] })
})

test('pages come from the app itself, by a scheme of its own', async ({ app, pageOf }) => {
  await waitForWindows(app, await pageOf('app'))
  for (const url of await urlsOf(app)) expect(url).toMatch(/^app:\/\//)
})

test('every window has the preferences of the checklist', async ({ app, pageOf }) => {
  await waitForWindows(app, await pageOf('app'))
  // Electron has the method for its own code, and no types for it.
  const preferences: Record<string, unknown>[] = await app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .map((contents) =>
        Reflect.apply(Reflect.get(contents, 'getLastWebPreferences'), contents, []),
      ),
  )
  for (const each of preferences) {
    expect(each).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    })
    for (const name of [
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'enableBlinkFeatures',
    ]) {
      expect(each[name] || false).toBe(false)
    }
  }
})

test('main refuses a page what its node has no right to', async ({ pageOf }) => {
  const page = await pageOf('app')
  const code = await page.evaluate(() => {
    const answer = new Promise((resolve) => {
      addEventListener('message', ({ data }) => data.nonce === 'mine' && resolve(data.code))
    })
    Reflect.get(window, 'portsBridge').open({ link: 'of nobody', nonce: 'mine' })
    return answer
  })
  expect(code).toBe('refused')
})

test('an inline script does not run', async ({ pageOf }) => {
  const page = await pageOf('app')
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "inline"'
    document.head.append(script)
    return document.title === 'inline'
  })
  expect(ran).toBe(false)
})

test('a page cannot leave, open windows, or use permissions', async ({ app, pageOf }) => {
  const page = await pageOf('app')
  const url = page.url()
  const answers = await page.evaluate(async () => {
    const opened = window.open('about:blank')
    const notifications = await Notification.requestPermission()
    location.assign('app://bundle/elsewhere')
    return { opened, notifications }
  })
  await page.waitForTimeout(300)
  expect(answers).toEqual({ opened: null, notifications: 'denied' })
  expect(page.url()).toBe(url)
  expect(await urlsOf(app)).not.toContain('about:blank')
})

test('closing the windows ends the app', async ({ app, pageOf }) => {
  await pageOf('app')
  const ended = new Promise((resolve) => app.process().once('exit', resolve))
  // Later than this call, whose answer would be lost with the app; and again, for one may show late.
  await app.evaluate(({ BrowserWindow }) => {
    setInterval(() => {
      for (const window of BrowserWindow.getAllWindows()) if (window.isVisible()) window.close()
    }, 50)
  })
  expect(await ended).toBe(0)
})

/** Until all is loaded that the app opens by itself: the others come when the first, whose page this is, is shown. */
async function waitForWindows(app: ElectronApplication, page: Page): Promise<void> {
  const window = await app.browserWindow(page)
  await expect.poll(() => window.evaluate((each) => each.isVisible())).toBe(true)
  const isLoading = (): Promise<boolean> =>
    app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().some((each) => each.isLoading()),
    )
  await expect.poll(isLoading).toBe(false)
}

/** Of all pages; one that is just being opened has none yet. */
async function urlsOf(app: ElectronApplication): Promise<string[]> {
  const urls = await app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => contents.getURL()),
  )
  return urls.filter(Boolean)
}
