import { createInterface } from 'node:readline'
import type { ElectronApplication } from '@playwright/test'
import { expect } from './app'

/** Ends the process of a node, which the app starts again; a page is loaded again. */
export async function restart(app: ElectronApplication, node: string): Promise<void> {
  const tryToRestart = (): Promise<boolean> =>
    app.evaluate(({ app: electron, webContents }, name) => {
      const isIt = (url: string): boolean => new URL(url).pathname.startsWith(`/${name}/`)
      const page = webContents.getAllWebContents().find((each) => isIt(each.getURL()))
      const utility = electron.getAppMetrics().find((each) => each.name === name)
      if (page) page.reload()
      if (utility) process.kill(utility.pid)
      return page !== undefined || utility !== undefined
    }, node)
  await expect.poll(tryToRestart, { message: `the process of "${node}"` }).toBe(true)
}

/** Waits until the app prints a line that ends like this. */
export async function nextLine(app: ElectronApplication, end: string): Promise<boolean> {
  const input = app.process().stdout
  if (!input) return false
  for await (const line of createInterface({ input })) if (line.endsWith(end)) return true
  return false
}
