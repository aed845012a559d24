import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject } from 'vitest'
import { type RunningApp, launchApp } from '../electron/launch.ts'
import { ownDisplay } from '../electron/own-display.ts'
import type { Stage } from './expect-to-hold.ts'
import { limitFiles } from './limit-files.ts'
import type { Pair, Place } from './pairs.ts'

/** The app of `app/`, as a test uses it. */
export class PortsApp implements Stage {
  #running: RunningApp | undefined

  async start(): Promise<void> {
    const electron = inject('electron')
    if ('missing' in electron) return
    const [display, projectPath] = [ownDisplay(), inject('portsApp')]
    this.#running = await launchApp({ electron, display, projectPath })
  }

  async close(): Promise<void> {
    await this.#running?.close()
  }

  get app(): RunningApp['app'] {
    if (!this.#running) throw new Error('The app was not started.')
    return this.#running.app
  }

  /** See `limit-files.ts`. */
  async limitFiles(): Promise<void> {
    await this.app.evaluate(() => globalThis.ports.ready)
    const processes = (await this.#running?.processes()) ?? []
    await limitFiles(processes.map(({ pid }) => pid))
  }

  play(pair: Pair, name: string, isChecked = true): Promise<{ reader: string; library: string }> {
    return this.app.evaluate((_, args) => globalThis.ports.play(...args), [
      pair,
      name,
      isChecked,
    ] as const)
  }

  async pageOf(place: Place): Promise<Page> {
    const isIt = (page: Page): boolean => page.url().endsWith(`?${encodeURIComponent(place)}`)
    await expect.poll(() => this.app.windows().some(isIt), { timeout: 10_000 }).toBe(true)
    return this.app.windows().find(isIt)!
  }
}

/** Like Vitest's `describe`, with the app of `app/`, which is started once for all its tests. */
export function describeInPortsApp(title: string, defineTests: (app: PortsApp) => void): void {
  const app = new PortsApp()

  // oxlint-disable-next-line vitest/valid-title -- it is the caller's
  describe.skipIf('missing' in inject('electron'))(title, () => {
    beforeAll(() => app.start())
    afterAll(() => app.close())
    defineTests(app)
  })
}
