import type { ElectronApplication } from 'playwright-core'

/** Crashes the page of `src/renderer/<node>`. Resolves when main knows, and may load a page there again. */
export function crash(app: ElectronApplication, node: string): Promise<void> {
  return app.evaluate(async ({ webContents }, path) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL().includes(path))
    if (!contents) throw new Error(`There is no page with "${path}" in its address.`)
    const gone = new Promise((resolve) => contents.once('render-process-gone', resolve))
    contents.forcefullyCrashRenderer()
    await gone
    // As the app does: to load a page in the moment that it has crashed can end Electron 22 itself.
    await new Promise((resolve) => setTimeout(resolve, 60))
  }, `/${node}/`)
}

/**
 * Crashes a page and loads it again: by main, for Playwright takes a page that crashed for dead, and the
 * app itself would leave it down after five.
 */
export async function crashAndLoad(app: ElectronApplication, node: string): Promise<void> {
  await crash(app, node)
  await app.evaluate(async ({ webContents }, path) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL().includes(path))
    await contents?.loadURL(contents.getURL()).catch(() => {}) // the app may load it at the same time
  }, `/${node}/`)
}

/**
 * Crashes a page and loads it again, many times.
 *
 * @returns what the page says of its first link each time, once it is connected or five seconds have passed.
 */
export async function crashAgainAndAgain(
  app: ElectronApplication,
  node: string,
  times: number,
): Promise<string[]> {
  const states: string[] = []
  for (let count = 0; count < times; count++) {
    await crashAndLoad(app, node)
    states.push(await waitForState(app, node))
  }
  return states
}

function waitForState(app: ElectronApplication, node: string): Promise<string> {
  return app.evaluate(async ({ webContents }, path) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL().includes(path))
    const read = `(document.querySelector('.link[data-state]') ?? document.body).dataset.state ?? 'none'`
    let state = ''
    for (let tries = 0; tries < 100 && state !== 'connected'; tries++) {
      state = await contents?.executeJavaScript(read).catch(() => 'crashed')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return state
  }, `/${node}/`)
}

/** Makes the long pauses of main short, or all of them as long as given. What they are called stays. */
export async function hasten(app: ElectronApplication, pause?: number): Promise<void> {
  await app.evaluate((_electron, fixed) => {
    const original = globalThis.setTimeout
    const shorter = (run: () => void, milliseconds = 0): NodeJS.Timeout =>
      original(run, milliseconds < 100 ? milliseconds : (fixed ?? 100))
    Object.assign(globalThis, { setTimeout: shorter })
  }, pause)
}
