import type { ElectronApplication } from 'playwright-core'

/**
 * Crashes the page of `src/renderer/<node>` and loads it again, many times: by main, for Playwright takes
 * a page that crashed for dead, and the app itself would leave it down after five.
 *
 * @returns what the page says of its first link each time, once it is connected or five seconds have passed.
 */
export function crashAgainAndAgain(
  app: ElectronApplication,
  node: string,
  times: number,
): Promise<string[]> {
  return app.evaluate(
    async ({ webContents }, { path, count }) => {
      const contents = webContents.getAllWebContents().find((each) => each.getURL().includes(path))
      if (!contents) throw new Error(`There is no page with "${path}" in its address.`)
      const url = contents.getURL()
      const readState = (): Promise<string> =>
        contents.executeJavaScript(
          `(document.querySelector('.link[data-state]') ?? document.body).dataset.state ?? 'none'`,
        )
      const states: string[] = []
      for (let crash = 0; crash < count; crash++) {
        const gone = new Promise((resolve) => contents.once('render-process-gone', resolve))
        contents.forcefullyCrashRenderer()
        await gone
        // To load a page in the moment that it has crashed can end Electron 22 itself.
        await new Promise((resolve) => setTimeout(resolve, 60))
        await contents.loadURL(url).catch(() => {}) // the app may load it at the same time
        let state = ''
        for (let tries = 0; tries < 100 && state !== 'connected'; tries++) {
          state = await readState().catch(() => 'crashed')
          await new Promise((resolve) => setTimeout(resolve, 50))
        }
        states.push(state)
      }
      return states
    },
    { path: `/${node}/`, count: times },
  )
}
