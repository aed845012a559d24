import type { ElectronApplication, Page } from 'playwright-core'
import { expect } from 'vitest'
import { evaluateFromMain } from './from-main.ts'

/** What the plain page of the demo of the main world says once its script has a port that is alive. */
export const MESSAGES_HAVE_COME = /\d+ messages on this port/

/** Makes `askForPort` of the page's unbundled file a global. A string: the bundler of the tests would touch it. */
export const importAskForPort = `
  import('/main-world/ask-for-port.js').then(({ askForPort }) => void Object.assign(window, { askForPort }))`

export async function loadScript(gauge: Page): Promise<void> {
  await gauge.getByRole('button', { name: 'Load the script' }).click()
  await expect
    .poll(() => gauge.locator('.count').textContent(), { timeout: 10_000, interval: 20 })
    .toMatch(MESSAGES_HAVE_COME)
}

/** Presses the button, unless the script was loaded, and gives how many messages have come. */
export function loadScriptFromMain(app: ElectronApplication, node: string): Promise<string> {
  const press = `
    document.querySelector('.ask')?.textContent === 'Load the script' && document.querySelector('.ask').click(),
    String(document.querySelector('.count')?.textContent)`
  return evaluateFromMain(app, node, press)
}

/** Expects that messages go on coming to the gauge. */
export async function expectMore(gauge: Page): Promise<void> {
  const count = async (): Promise<number> =>
    Number.parseInt((await gauge.locator('.count').textContent()) ?? '', 10) || 0
  const before = await count()
  await expect.poll(count, { timeout: 5000 }).toBeGreaterThan(before)
}

export async function expectFigures(page: Page): Promise<void> {
  await expect
    .poll(() => page.locator('.main-world .status').textContent(), { timeout: 5000 })
    .toMatch(/^Watching/)
}

export async function expectLink(page: Page, port: number): Promise<void> {
  await expect
    .poll(() => page.locator('#links').textContent(), { timeout: 5000 })
    .toBe(`figures · connected · port ${port}`)
}
