import type { ElectronApplication, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { pageOf } from './darkroom.ts'

/** What a page of a talking project has: see `talking-project.ts`. */
interface Talk {
  call: Record<'echo' | 'fail' | 'wait', (...args: unknown[]) => Promise<unknown>>
  stream: { count(to: number): AsyncIterable<number> }
  notify: { hear(value: unknown): void }
}

/** The window of the live view, as its user handles it. */
export class LiveView {
  readonly app: ElectronApplication
  readonly page: Page

  /** Opens it by its entry in the menu, and waits until it sees the link. */
  static async open(app: ElectronApplication, link = 'talk'): Promise<LiveView> {
    await app.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('live-view')?.click()
    })
    const view = new LiveView(app, await pageOf(app, 'live-view'))
    await expect.poll(() => view.link(link).first().getAttribute('data-open')).toBe('true')
    return view
  }

  constructor(app: ElectronApplication, page: Page) {
    this.app = app
    this.page = page
  }

  /** @param name  Where there are several of a link, with its ends: `docs from document 1 to hub`. */
  link(name: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^Link ${name}[ :]`) })
  }

  node(name: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${name}, `) })
  }

  /**
   * Waits until it knows that these nodes run, and they say what passes: a link is open as soon as one of its ends
   * says so. Clears the log.
   */
  async waitForReports(...nodes: string[]): Promise<void> {
    const isKnown = { state: 'running', 'ports open': expect.stringMatching(/^[1-9]/) }
    for (const node of nodes) {
      await this.choose(this.node(node))
      await expect.poll(() => this.#facts()).toMatchObject(isKnown)
    }
    await this.page.getByRole('button', { name: 'Clear' }).click()
  }

  /** Selects a link or a node by the keyboard: a wire has no middle that can be clicked for sure. */
  async choose(what: Locator): Promise<void> {
    await what.focus()
    await this.page.keyboard.press('Enter')
  }

  /** What the inspector says of a link, by name. */
  async factsOf(link: string): Promise<Record<string, string>> {
    await this.choose(this.link(link))
    return this.#facts()
  }

  #facts(): Promise<Record<string, string>> {
    return this.page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll('.facts dt')].map((name) => [
          name.textContent,
          name.nextElementSibling?.textContent ?? '',
        ]),
      ),
    )
  }

  /** The rows that are in sight, as texts. */
  rows(): Promise<string[][]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('#rows .row:not([hidden])')].map((row) =>
        [...row.children].map((cell) => cell.textContent ?? ''),
      ),
    )
  }
}

/** Runs code in the page of the app, with its link `talk`. */
export async function talk<Result>(
  app: ElectronApplication,
  run: (talk: Talk) => Result | Promise<Result>,
): Promise<Result> {
  const page = await pageOf(app, 'app')
  return page.evaluate(`(${run.toString()})(window.talk)`)
}

/** What the app has recorded, as a user's test reads it. */
export function recorded(
  app: ElectronApplication,
  wanted: Record<string, string> = {},
): Promise<Record<string, unknown>[]> {
  return app.evaluate(
    (_, rows) => Reflect.get(globalThis, Symbol.for('live-view:messages'))(rows),
    wanted,
  )
}
