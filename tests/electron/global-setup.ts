import type { TestProject } from 'vitest/node'
import { isInCI } from '../is-in-ci.ts'
import { oncePerRun } from '../once-per-run.ts'
import { ELECTRON_WORKERS } from '../workers.ts'
import { startDisplay } from './display.ts'
import type { Display } from './display.ts'
import { ElectronUnavailableError } from './electron-unavailable-error.ts'
import { findElectron, findOldestElectron } from './find-electron.ts'
import type { FoundElectron } from './find-electron.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Set by a project in the configuration that runs on the oldest Electron, not on the usual one. */
    onOldestElectron?: boolean
    /** The Electron to test with, or why there is none. */
    electron: FoundElectron | { missing: string }
    /** A value for DISPLAY for each file that runs at the same time, where one is needed. */
    displays: (string | undefined)[]
  }
}

const patience = 3_000

/**
 * Gets Electron and displays ready, once for all tests of a project, and says which Electron. Where that
 * cannot be done, those tests are skipped and one line says what is missing; in CI (`CI=true`) it is a
 * failure instead.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const notice = setTimeout(
    () => console.log('Getting Electron ready; the first time this downloads 100 MB or more …'),
    patience,
  )
  try {
    const { onOldestElectron } = project.getProvidedContext()
    const electron = await (onOldestElectron
      ? oncePerRun('oldest Electron', findOldestElectron)
      : oncePerRun('Electron', findElectron))
    const displays = await oncePerRun('displays', startDisplays)
    console.log(`${project.name}: on Electron ${electron.version} (${electron.source})`)
    project.provide('electron', electron)
    project.provide(
      'displays',
      displays.map(({ display }) => display),
    )
    return async () => void (await Promise.all(displays.map(({ stop }) => stop())))
  } catch (error) {
    if (!(error instanceof ElectronUnavailableError) || isInCI()) throw error
    console.log(`${project.name} is skipped: ${error.message}`)
    project.provide('electron', { missing: error.message })
    project.provide('displays', [])
    return async () => {}
  } finally {
    clearTimeout(notice)
  }
}

function startDisplays(): Promise<Display[]> {
  return Promise.all(Array.from({ length: ELECTRON_WORKERS }, startDisplay))
}
