import type { Browser, Page, Worker } from 'playwright-core'
import { expect, inject } from 'vitest'
import type { Stage } from '../electron-ports/expect-to-hold.ts'
import { limitFiles } from '../electron-ports/limit-files.ts'
import { type Pair, pairs, termsOf } from '../electron-ports/pairs.ts'

/** Those with both ends in pages or their workers. */
export const pairsOfPages = pairs.filter((pair) => termsOf(pair).moves)

/** Two pages, each in a process of its own and with a dedicated worker. */
export class PortsSite implements Stage {
  readonly #opener: Page
  readonly #pages: Record<'page' | 'other page', Page>

  private constructor(opener: Page, page: Page, otherPage: Page) {
    this.#opener = opener
    this.#pages = { page, 'other page': otherPage }
  }

  /** Opens them in a profile of their own. */
  static async open(browser: Browser): Promise<PortsSite> {
    const { port, preload } = inject('portsSite')
    const context = await browser.newContext()
    await context.addInitScript({ content: preload })
    const opener = await context.newPage()
    await opener.goto(`http://localhost:${port}/opener.html`)
    const open = async (host: string, place: 'page' | 'other page'): Promise<Page> => {
      const opened = context.waitForEvent('page')
      const url = `http://${host}.localhost:${port}/page.html?${encodeURIComponent(place)}`
      const worker = place === 'page' ? 'worker' : 'other worker'
      await opener.evaluate((args) => globalThis.site.openPage(...args), [
        url,
        place,
        worker,
      ] as const)
      return opened
    }
    return new PortsSite(opener, await open('one', 'page'), await open('two', 'other page'))
  }

  play(pair: Pair, name: string): Promise<{ reader: string; library: string }> {
    return this.#opener.evaluate((args) => globalThis.site.play(...args), [pair, name] as const)
  }

  /** What came of the case that is played, at its reader's end. */
  readerOutcome(): Promise<string> {
    return this.#opener.evaluate(() => globalThis.site.readerOutcome())
  }

  pageOf(place: 'page' | 'other page'): Page {
    return this.#pages[place]
  }

  /** The dedicated worker of the other page. */
  async otherWorker(): Promise<Worker> {
    const workers = (): Worker[] => this.#pages['other page'].workers()
    await expect.poll(() => workers().length).toBe(1)
    return workers()[0]!
  }

  /** Whether the ports of this browser have one. */
  hasCloseEvent(): Promise<boolean> {
    return this.#opener.evaluate(() => 'onclose' in MessagePort.prototype)
  }

  /** See `limit-files.ts`. */
  async limitFiles(): Promise<void> {
    const session = await this.#opener.context().browser()!.newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    await limitFiles(processInfo.map(({ id }) => id))
  }

  close(): Promise<void> {
    return this.#opener.context().close()
  }
}
