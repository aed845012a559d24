import { afterEach, describe, inject } from 'vitest'
import { electronEnv } from './electron-env.ts'
import type { FoundElectron } from './find-electron.ts'
import { launchApp } from './launch.ts'
import type { LaunchOptions, RunningApp } from './launch.ts'
import { ownDisplay } from './own-display.ts'

export type AppOptions = Omit<LaunchOptions, 'electron' | 'display' | 'projectPath'>

/** What a test does with the Electron that was found. To be used inside tests and hooks only. */
export type ElectronInTests = {
  electron: () => FoundElectron
  /** The environment for a generated project's own scripts. */
  env: () => Record<string, string>
  /** Starts an app, which is closed when the test ends; the test fails if a process is left then. */
  launch: (projectPath: string, options?: AppOptions) => Promise<RunningApp>
}

/**
 * Like Vitest's `describe`, for tests that need a real Electron. Without one they are skipped, and
 * counted as such.
 */
export function describeInElectron(
  title: string,
  defineTests: (electron: ElectronInTests) => void,
): void {
  const found = inject('electron')
  const display = ownDisplay()
  const launched: RunningApp[] = []

  const electron = (): FoundElectron => {
    if ('missing' in found) throw new Error(found.missing)
    return found
  }
  const launch = async (projectPath: string, options: AppOptions = {}): Promise<RunningApp> => {
    const app = await launchApp({ ...options, electron: electron(), display, projectPath })
    launched.push(app)
    return app
  }

  // oxlint-disable-next-line vitest/valid-title -- it is the caller's
  describe.skipIf('missing' in found)(title, () => {
    afterEach(async () => {
      await Promise.all(launched.splice(0).map((app) => app.close()))
    })
    defineTests({ electron, env: () => electronEnv(electron(), display), launch })
  })
}
