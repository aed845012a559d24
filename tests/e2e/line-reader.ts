import { readdirSync, readlinkSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { expect } from 'vitest'
import { pageOf } from './darkroom.ts'
import { answerDialogs } from './dialogs.ts'
import { copyProject, runScript } from './project.ts'

/** The demo of the reply stream, as its user handles it. */
export class LineReader {
  readonly app: ElectronApplication
  readonly page: Page

  /** Waits until the page has its port. */
  static async open(app: ElectronApplication): Promise<LineReader> {
    const reader = new LineReader(app, await pageOf(app, 'app'))
    await reader.waitForPort()
    return reader
  }

  constructor(app: ElectronApplication, page: Page) {
    this.app = app
    this.page = page
  }

  /** Has the user choose `path`, or cancel the dialog. Waits for what the page says of it. */
  async choose(path: string | undefined): Promise<void> {
    await answerDialogs(this.app, path)
    await this.button('Choose a file').click()
    await this.waitForStatus(path ? /^Ready|^"/ : /No file/)
  }

  async makeSample(): Promise<void> {
    await this.button('Make a sample').click()
    await this.waitForStatus(/^Ready/, 30_000)
  }

  async start({ search = '', isSlow = false } = {}): Promise<void> {
    await this.page.getByLabel('Only lines with').fill(search)
    await this.page.getByLabel('Slow reader').setChecked(isSlow)
    await this.button('Start').click()
  }

  /** Starts, and waits until lines are shown. */
  async startAndWait(options: { search?: string; isSlow?: boolean } = {}): Promise<void> {
    await this.start(options)
    await expect.poll(() => this.count(), { timeout: 10_000 }).toBeGreaterThan(0)
  }

  /** Reads the whole file and gives what the page says in the end. */
  async readAll(options: { search?: string; isSlow?: boolean } = {}): Promise<string> {
    await this.start(options)
    await this.waitForStatus(/^End of file|^"/, 50_000)
    return (await this.status()).text
  }

  button(name: string) {
    return this.page.getByRole('button', { name })
  }

  /** What the page says, and the code of the error when it says one. */
  status(): Promise<{ text: string; code: string | undefined }> {
    return this.page.locator('.status').evaluate((status: HTMLElement) => ({
      text: status.textContent ?? '',
      code: status.dataset['code'],
    }))
  }

  async waitForStatus(expected: RegExp, timeout = 10_000): Promise<void> {
    await expect
      .poll(async () => (await this.status()).text, { timeout, interval: 20 })
      .toMatch(expected)
  }

  figure(name: 'count' | 'matches' | 'bytes' | 'speed' | 'ahead' | 'memory'): Promise<string> {
    return this.page.locator(`.figures .${name}`).innerText()
  }

  /** How many lines were read. */
  async count(): Promise<number> {
    return Number((await this.figure('count')).replaceAll(/\D/g, ''))
  }

  /** The lines that are shown: place and text. */
  lines(): Promise<[number: number, text: string][]> {
    return this.page
      .locator('.lines li')
      .evaluateAll((rows) =>
        rows.map((row): [number, string] => [
          Number((row as HTMLElement).dataset['number']),
          row.textContent ?? '',
        ]),
      )
  }

  /** The number of the port the page has by now. Waits until it is at least `least`. */
  async waitForPort(least = 1): Promise<void> {
    await expect
      .poll(() => portOf(this.app), { timeout: 15_000, message: 'the number of the port' })
      .toBeGreaterThanOrEqual(least)
  }

  /** The resident memory of main and of the page, in MB. */
  memory(): Promise<{ main: number; page: number }> {
    return this.app.evaluate(({ app, webContents }) => {
      const contents = webContents.getAllWebContents().find((each) => /\/app\//.test(each.getURL()))
      const metrics = app.getAppMetrics()
      const sizeOf = (pid: number | undefined): number =>
        (metrics.find((each) => each.pid === pid)?.memory.workingSetSize ?? NaN) / 1024
      return { main: sizeOf(process.pid), page: sizeOf(contents?.getOSProcessId()) }
    })
  }
}

/** Runs code in the page of the node "app", also where Playwright takes it for dead after a crash. */
export function inPage<Result>(app: ElectronApplication, code: string): Promise<Result> {
  return app.evaluate(({ webContents }, source) => {
    const contents = webContents.getAllWebContents().find((each) => /\/app\//.test(each.getURL()))
    return contents?.executeJavaScript(source)
  }, code)
}

/** The number of the port of the demo; 0 while it is not connected, or the page not there. */
export async function portOf(app: ElectronApplication): Promise<number> {
  const text = await Promise.race([
    inPage<string>(app, 'document.querySelector("#links")?.textContent').catch(() => ''),
    new Promise<string>((resolve) => setTimeout(() => resolve(''), 200)),
  ])
  return Number(/lines · connected · port (\d+)/.exec(text)?.[1] ?? 0)
}

/** How often the main process has a file open. Not known but on Linux: none elsewhere. */
export async function countOpen(app: ElectronApplication, path: string): Promise<number> {
  if (process.platform !== 'linux') return 0
  const folder = `/proc/${await app.evaluate(() => process.pid)}/fd`
  return readdirSync(folder).filter((fd) => {
    try {
      return readlinkSync(join(folder, fd)).startsWith(path)
    } catch {
      return false // closed meanwhile
    }
  }).length
}

/**
 * Copies a project, gives its page `openLines()`, which opens the link once more, and builds it.
 *
 * @returns the path of the copy, beside the project.
 */
export async function copyWithOpener(
  project: string,
  env: Record<string, string>,
): Promise<string> {
  const copy = join(dirname(project), 'with-opener')
  await copyProject(project, copy)
  const code = `
import { Link } from '../../ports/link'
import { ports } from './ports'
Reflect.set(window, 'openLines', () => new Link(ports, 'lines'))
`
  await appendFile(join(copy, 'src/renderer/app/main.ts'), code)
  await runScript(copy, env, 'build')
  return copy
}

/** Destroys the window of the app, which would then quit, and does not. */
export async function destroyWindow(app: ElectronApplication): Promise<void> {
  await app.evaluate(async ({ app: electronApp, BrowserWindow }) => {
    const { quit } = electronApp
    electronApp.quit = () => {}
    const closed = new Promise<void>((resolve) => electronApp.once('window-all-closed', resolve))
    BrowserWindow.getAllWindows()[0]?.destroy()
    await closed
    electronApp.quit = quit
  })
}

/** Kills the process of the app's page, as a crash would. */
export async function crashPage(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ webContents }) => {
    webContents.getAllWebContents()[0]?.forcefullyCrashRenderer()
  })
}
