import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject } from 'vitest'
import { type RunningApp, launchApp } from '../electron/launch.ts'
import { runCommand } from '../electron/run-command.ts'
import { HOLDS } from '../ports/cases/meet.ts'
import type { Pair, Place } from './pairs.ts'

/** How many files a process may open. */
const USUAL_FILES = 1024

/** The app of `app/`, as a test uses it. */
export class PortsApp {
  #running: RunningApp | undefined

  async start(): Promise<void> {
    const electron = inject('electron')
    if ('missing' in electron) return
    const display = inject('display')
    this.#running = await launchApp({ electron, display, projectPath: inject('portsApp') })
  }

  async close(): Promise<void> {
    await this.#running?.close()
  }

  get app(): RunningApp['app'] {
    if (!this.#running) throw new Error('The app was not started.')
    return this.#running.app
  }

  /**
   * Gives each process of the app as few file descriptors as is usual on Linux, whatever there are in
   * this shell. Elsewhere this does nothing.
   */
  async limitFiles(): Promise<void> {
    await this.app.evaluate(() => globalThis.ports.ready)
    const processes = (await this.#running?.processes()) ?? []
    for (const { pid } of processes) {
      await runCommand('prlimit', [`--pid=${pid}`, `--nofile=${USUAL_FILES}:`], { timeout: 5000 })
    }
  }

  /** Plays a case between two places. Gives what came of it at either end. */
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

/** Plays a case in the app, where it has to hold at both ends. */
export async function expectToHold(app: PortsApp, pair: Pair, name: string): Promise<void> {
  expect(await app.play(pair, name)).toEqual({ reader: HOLDS, library: HOLDS })
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
