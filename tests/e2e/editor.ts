import type { ElectronApplication, Page } from 'playwright-core'
import { expect } from 'vitest'
import { crashAndLoad } from './crash.ts'
import { pageOf } from './darkroom.ts'
import { waitForPort } from './wait-for-port.ts'

export type Side = 'app' | 'preview'

/** The demo of the renderer bridge, an editor and its preview, as its user handles the two windows. */
export class Editor {
  readonly app: ElectronApplication
  page: Page
  preview: Page

  /** Waits until both windows are there and joined. */
  static async open(app: ElectronApplication): Promise<Editor> {
    const editor = new Editor(app, await pageOf(app, 'app'), await pageOf(app, 'preview'))
    await editor.waitForPort()
    await editor.preview.locator('h1').waitFor()
    return editor
  }

  private constructor(app: ElectronApplication, page: Page, preview: Page) {
    this.app = app
    this.page = page
    this.preview = preview
  }

  text(): Promise<string> {
    return this.page.getByLabel('Text, in Markdown').inputValue()
  }

  /** Puts a text in the place of the one that is there, as if it were pasted. */
  async write(text: string): Promise<void> {
    await this.page.evaluate((value) => {
      const area = document.querySelector('textarea') as HTMLTextAreaElement
      area.value = value
      area.dispatchEvent(new Event('input'))
    }, text)
  }

  async waitForText(text: string): Promise<void> {
    await expect.poll(() => this.text(), { timeout: 10_000 }).toBe(text)
  }

  /** What the preview shows, without its Markdown. */
  async shown(): Promise<string> {
    return (await this.preview.locator('#sheet').textContent()) ?? ''
  }

  async waitForShown(text: string): Promise<void> {
    await expect.poll(() => this.shown(), { timeout: 10_000 }).toBe(text)
  }

  /** What a page says of itself. */
  async status(side: Side): Promise<string> {
    const status = side === 'app' ? this.page.locator('.status') : this.preview.locator('#status')
    return (await status.textContent()) ?? ''
  }

  async waitForStatus(side: Side, expected: RegExp, timeout = 10_000): Promise<void> {
    await expect.poll(() => this.status(side), { timeout }).toMatch(expected)
  }

  /** The number of the port between the two. Waits until it is at least `least`. */
  waitForPort(least = 1): Promise<number> {
    return waitForPort(this.page, 'document', least, 10_000)
  }

  async close(side: Side): Promise<void> {
    const page = side === 'app' ? this.page : this.preview
    const closed = page.waitForEvent('close')
    const window = await this.app.browserWindow(page)
    await window.evaluate((each) => void setTimeout(() => each.close()))
    await closed
  }

  /** Opens a window from the other one, by its button. */
  async reopen(side: Side): Promise<void> {
    const [other, button] =
      side === 'app' ? [this.preview, 'Open the editor'] : [this.page, 'Open the preview']
    await other.getByRole('button', { name: button }).click()
    const page = await pageOf(this.app, side)
    if (side === 'app') this.page = page
    else this.preview = page
  }

  /** Crashes a page and loads it again. */
  crash(side: Side): Promise<void> {
    return crashAndLoad(this.app, side)
  }

  /** Evaluates in a page, also in one that has crashed before. Undefined while it does not answer. */
  async evaluateIn(side: Side, expression: string): Promise<unknown> {
    return this.app.evaluate(
      ({ webContents }, { path, code }) => {
        const all = webContents.getAllWebContents()
        const contents = all.find((each) => each.getURL().includes(path))
        const value = contents?.executeJavaScript(code).catch(() => {})
        return Promise.race([value, new Promise((resolve) => setTimeout(resolve, 500))])
      },
      { path: `/${side}/`, code: expression },
    )
  }
}
