import type { ElectronApplication, Page } from 'playwright-core'
import { expect } from 'vitest'
import { answerDialogs } from './dialogs.ts'
import { waitForPort } from './wait-for-port.ts'

/** The demo of the utility process, as its user handles it. */
export class Hasher {
  readonly app: ElectronApplication
  readonly page: Page

  constructor(app: ElectronApplication, page: Page) {
    this.app = app
    this.page = page
  }

  /** Waits until the page says that the indexer runs, with another process than before. */
  async waitForPid(before?: number): Promise<number> {
    let pid = 0
    const read = async (): Promise<boolean> => {
      const text = await this.page.locator('.state').textContent()
      pid = Number(/^runs · pid (\d+)$/.exec(text ?? '')?.[1] ?? 0)
      return pid > 0 && pid !== before
    }
    await expect.poll(read, { timeout: 10_000, message: 'the indexer runs' }).toBe(true)
    return pid
  }

  /** The number of the port the page has by now. Waits until it is at least `least`: a process about to end may get one. */
  waitForPort(least: number): Promise<number> {
    return waitForPort(this.page, 'hashes', least, 10_000)
  }

  async hash(folder: string): Promise<void> {
    await answerDialogs(this.app, folder)
    await this.page.click('.choose')
  }

  async startLongJob(folder: string): Promise<void> {
    await this.page.getByLabel('Ask me above').selectOption('1 TB')
    await this.hash(folder)
    await this.expectStatus(/ of 5,000 files · .* of 500 GB/)
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click({ timeout: 5000 })
  }

  signal(pid: number, name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(pid, name)
  }

  life(): Promise<string> {
    return this.page.locator('.life').innerText()
  }

  async expectStatus(expected: RegExp, timeout = 10_000): Promise<void> {
    const read = () => this.page.locator('.status').textContent()
    await expect.poll(read, { timeout, interval: 20 }).toMatch(expected)
  }
}
