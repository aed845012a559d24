import { createInterface } from 'node:readline'
import type { ElectronApplication, Locator } from '@playwright/test'
import { expect } from './app'

/** Ends the processes of a node, which the app starts again; pages are loaded again. */
export async function restart(app: ElectronApplication, node: string): Promise<void> {
  const tryToRestart = (): Promise<boolean> =>
    app.evaluate(({ app: electron, webContents }, name) => {
      // A window that is being opened has no address yet.
      const isIt = (url: string): boolean => url.split('/')[3] === name
      const pages = webContents.getAllWebContents().filter((each) => isIt(each.getURL()))
      // Where there are many, each has its key behind its name.
      const utilities = electron.getAppMetrics().filter((each) => each.name?.split(' ')[0] === name)
      for (const page of pages) page.reload()
      for (const { pid } of utilities) process.kill(pid)
      return pages.length + utilities.length > 0
    }, node)
  await expect.poll(tryToRestart, { message: `the process of "${node}"` }).toBe(true)
}

/** Which port of its link a page shows; 0 while it has none. */
export async function portOf(link: Locator): Promise<number> {
  const [, port = 0] = /connected · port (\d+)/.exec((await link.textContent()) ?? '') ?? []
  return Number(port)
}

/** Waits until the app prints a line that ends like this. */
export async function nextLine(app: ElectronApplication, end: string): Promise<boolean> {
  const input = app.process().stdout
  if (!input) return false
  for await (const line of createInterface({ input })) if (line.endsWith(end)) return true
  return false
}
