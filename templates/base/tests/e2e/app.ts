import {
  type ElectronApplication,
  type Page,
  test as base,
  _electron,
  expect,
} from '@playwright/test'

/** How long the app may take to end, in milliseconds: one that hangs does not take the other tests with it. */
const PATIENCE_MS = 30_000

/** The running app, and the page of each of its nodes. */
interface AppFixtures {
  app: ElectronApplication
  /** Waits for the page of `src/renderer/<node>`. */
  pageOf(node: string): Promise<Page>
  /** Opens the tab of a demo in the first window, where there is more than one. */
  openDemo(title: string): Promise<Page>
}

/** Playwright's `test`, with the built app started anew for each. */
export const test = base.extend<AppFixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright wants a destructured argument
  app: async ({}, use, testInfo) => {
    // A terminal inside of an editor made with Electron sets the second, for a mere Node.
    const { ELECTRON_EXEC_PATH: executablePath, ELECTRON_RUN_AS_NODE: _, ...env } = process.env
    const app = await _electron.launch({
      // A profile of its own: on that of an app that runs it would end, and show that one.
      args: [`--user-data-dir=${testInfo.outputPath('profile')}`, '.'],
      env: env as Record<string, string>,
      ...(executablePath && { executablePath }),
    })
    await use(app)
    const timer = setTimeout(() => {
      console.warn(`The app did not end within ${PATIENCE_MS / 1000} s, and was killed.`)
      app.process().kill('SIGKILL')
    }, PATIENCE_MS)
    await app.close()
    clearTimeout(timer)
  },
  pageOf: async ({ app }, use) => {
    await use(async (node) => {
      const find = (): Page | undefined =>
        app.windows().find((page) => page.url().includes(`/${node}/`))
      await expect.poll(find, { message: `the page of "${node}"` }).toBeDefined()
      return find() as Page
    })
  },
  openDemo: async ({ pageOf }, use) => {
    await use(async (title) => {
      const page = await pageOf('app')
      await page.locator('.card').first().waitFor({ state: 'attached' })
      const tab = page.locator('#tabs').getByRole('button', { name: title })
      if ((await tab.count()) > 0) await tab.click()
      return page
    })
  },
})

export { expect }

/** Kills the process of a node's page, as a crash would. */
export async function crash(app: ElectronApplication, node: string): Promise<void> {
  await app.evaluate(({ webContents }, path) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL().includes(path))
    contents?.forcefullyCrashRenderer()
  }, `/${node}/`)
}
