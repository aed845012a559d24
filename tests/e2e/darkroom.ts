import type { ElectronApplication, Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { expect } from 'vitest'
import { waitForPort } from './wait-for-port.ts'

/** The demo of the worker window, as its user handles it. */
export class Darkroom {
  readonly app: ElectronApplication
  readonly page: Page

  /** Waits until the page has its port. */
  static async open(app: ElectronApplication): Promise<Darkroom> {
    const darkroom = new Darkroom(app, await pageOf(app, 'app'))
    await darkroom.waitForPort()
    return darkroom
  }

  constructor(app: ElectronApplication, page: Page) {
    this.app = app
    this.page = page
  }

  /** The hidden page that does the work. */
  workerPage(): Promise<Page> {
    return pageOf(this.app, 'worker')
  }

  async choose(file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.page.getByLabel('Choose a picture').setInputFiles(file)
    await this.waitForStatus(/Ready|picture that|more than/)
  }

  async chooseSample(): Promise<void> {
    await this.page.getByRole('button', { name: 'Use the sample' }).click()
    await this.waitForStatus(/Ready/)
  }

  /** @param width  In pixels, one of the demo's; undefined: as it is. */
  async startPainting({
    brush = 8,
    width,
  }: { brush?: number; width?: number } = {}): Promise<void> {
    await this.page.getByLabel('Width').selectOption(width ? String(width) : '')
    await this.page.getByLabel('Brush').fill(String(brush))
    await this.page.getByRole('button', { name: 'Paint', exact: true }).click()
  }

  /** Starts a job of many seconds, and waits until it is under way. */
  async startLongJob(): Promise<void> {
    await this.chooseSample()
    await this.startPainting({ brush: 12, width: 4800 })
    await this.waitForProgress()
  }

  /** Waits until a job is under way. */
  async waitForProgress(): Promise<void> {
    const progress = this.page.getByRole('progressbar')
    await expect
      .poll(() => progress.evaluate((bar: HTMLProgressElement) => bar.value), { timeout: 10_000 })
      .toBeGreaterThan(0)
  }

  async cancel(): Promise<void> {
    await this.page.getByRole('button', { name: 'Cancel' }).click()
  }

  /** Paints and gives the pixels of the picture that the page shows then. */
  async paint(options: { brush?: number; width?: number }): Promise<PNG> {
    await this.startPainting(options)
    await this.waitForStatus(/Done in/, 60_000)
    const painting = this.page.getByAltText('The painting')
    const url = await painting.evaluate(async (image: HTMLImageElement) => {
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.naturalWidth
      canvas.height = image.naturalHeight
      canvas.getContext('2d')?.drawImage(image, 0, 0)
      return canvas.toDataURL('image/png')
    })
    return PNG.sync.read(Buffer.from(url.slice(url.indexOf(',')), 'base64'))
  }

  /** What the page says, and the code of the error when it says one. */
  async status(): Promise<{ text: string; code: string | undefined }> {
    return this.page.locator('.status').evaluate((status: HTMLElement) => ({
      text: status.textContent ?? '',
      code: status.dataset['code'],
    }))
  }

  /** The number of the port the page has by now. Waits until it is at least `least`. */
  waitForPort(least = 1, timeout = 5000): Promise<number> {
    return waitForPort(this.page, 'jobs', least, timeout)
  }

  async waitForStatus(expected: RegExp, timeout = 10_000): Promise<void> {
    await expect
      .poll(async () => (await this.status()).text, { timeout, interval: 20 })
      .toMatch(expected)
  }

  /** Kills the process of a page, as a crash would. */
  async crash(node: 'app' | 'worker'): Promise<void> {
    await this.app.evaluate(({ webContents }, path) => {
      const contents = webContents.getAllWebContents()
      contents.find((each) => each.getURL().includes(path))?.forcefullyCrashRenderer()
    }, `/${node}/`)
  }
}

/** Waits for the page of `src/renderer/<node>`. */
export async function pageOf(app: ElectronApplication, node: string): Promise<Page> {
  const find = (): Page | undefined =>
    app.windows().find((page) => page.url().includes(`/${node}/`))
  await expect.poll(find, { timeout: 10_000, message: `the page of "${node}"` }).toBeDefined()
  return find() as Page
}
