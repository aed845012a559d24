import type { ElectronApplication, Page } from 'playwright-core'
import { expect } from 'vitest'
import { pageOf } from './darkroom.ts'
import { waitForPort } from './wait-for-port.ts'

/** The demo of the hub, its first window and those of its authors, as their users handle them. */
export class Room {
  readonly app: ElectronApplication
  readonly page: Page

  static async open(app: ElectronApplication): Promise<Room> {
    const room = new Room(app, await pageOf(app, 'app'))
    await waitForPort(room.page, 'overview', 1, 10_000)
    return room
  }

  private constructor(app: ElectronApplication, page: Page) {
    this.app = app
    this.page = page
  }

  /** Opens a window for the author whose turn it is. */
  async openWindow(author: string): Promise<Page> {
    await this.page.getByRole('button', { name: 'New window' }).click()
    return this.windowOf(author)
  }

  /** Opens the window of an author who had one. */
  async openAgain(author: string): Promise<Page> {
    await this.row(author).getByRole('button', { name: 'Open again' }).click()
    return this.windowOf(author)
  }

  async close(author: string): Promise<void> {
    await this.page.getByRole('button', { name: `Close the window of ${author}` }).click()
    await this.row(author).getByText('closed').waitFor()
  }

  /** Opens an author's window, or brings it to the front. */
  show(author: string): Promise<void> {
    return this.row(author).locator('.showWindow').click()
  }

  /** Does something to the window of an author, if there is one, and waits until it is done. */
  do(author: string, what: 'close' | 'crash' | 'reload'): Promise<void> {
    return this.app.evaluate(
      async ({ BrowserWindow }, { title, action }) => {
        const window = BrowserWindow.getAllWindows().find((each) => each.getTitle() === title)
        if (!window) return
        const { webContents } = window
        const done = new Promise<void>((resolve) => {
          if (action === 'close') window.once('closed', resolve)
          else if (action === 'reload') webContents.once('did-finish-load', () => resolve())
          else webContents.once('render-process-gone', () => resolve())
        })
        if (action === 'close') window.close()
        else if (action === 'reload') webContents.reload()
        else if (webContents.isCrashed()) return
        else webContents.forcefullyCrashRenderer()
        await done
      },
      { title: author, action: what },
    )
  }

  row(author: string) {
    return this.page.locator(`.authors [data-key="${author}"]`)
  }

  /** Waits until an author's window has the text, and can be written in. */
  async windowOf(author: string): Promise<Page> {
    let found: Page | undefined
    const find = async (): Promise<boolean> => {
      for (const each of this.app.windows()) {
        if (!each.isClosed() && (await each.title().catch(() => '')) === author) found = each
      }
      return found !== undefined
    }
    await expect.poll(find, { message: `the window of ${author}` }).toBe(true)
    await (found as Page).locator('#text:not([readonly])').waitFor()
    return found as Page
  }

  /** The text in an author's window, also where its page has crashed before; undefined while there is none. */
  textIn(author: string): Promise<string | undefined> {
    return this.evaluateIn(author, `document.querySelector('#text:not([readonly])')?.value`)
  }

  /** Writes at the end of the text of an author, as if it were typed, once or many times. */
  async write(author: string, words: string, times = 1): Promise<void> {
    await this.evaluateIn(
      author,
      `{ const area = document.querySelector('#text')
        for (let time = 0; time < ${times}; time++) {
          area.setRangeText(${JSON.stringify(words)}, area.value.length, area.value.length, 'end')
          area.dispatchEvent(new Event('input'))
        } }`,
    )
  }

  async click(author: string, button: 'undo' | 'redo'): Promise<void> {
    await this.evaluateIn(author, `document.querySelector('#${button}').click()`)
  }

  /** Waits until all of them have one text, and gives it. */
  async waitForOneText(
    authors: string[],
    isIt = (_text: string): boolean => true,
  ): Promise<string> {
    let text: string | undefined
    const isOne = async (): Promise<boolean> => {
      const texts = await Promise.all(authors.map((author) => this.textIn(author)))
      text = texts[0]
      return text !== undefined && texts.every((each) => each === text) && isIt(text)
    }
    await expect.poll(isOne, { timeout: 20_000 }).toBe(true)
    return text ?? ''
  }

  killHub(): Promise<void> {
    return this.page.getByRole('button', { name: 'Kill the hub' }).click()
  }

  evaluateIn<Result>(author: string, expression: string): Promise<Result> {
    return this.app.evaluate(
      ({ BrowserWindow }, { title, code }) => {
        const window = BrowserWindow.getAllWindows().find((each) => each.getTitle() === title)
        const value = window?.webContents.executeJavaScript(code).catch(() => {})
        // A page that crashes meanwhile never answers.
        return Promise.race([value, new Promise((resolve) => setTimeout(resolve, 500))])
      },
      { title: author, code: expression },
    ) as Promise<Result>
  }
}
