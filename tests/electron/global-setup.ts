import type { TestProject } from 'vitest/node'
import { isInCI } from '../is-in-ci.ts'
import { startDisplay } from './display.ts'
import { ElectronUnavailableError } from './electron-unavailable-error.ts'
import { findElectron, findOldestElectron } from './find-electron.ts'
import type { FoundElectron } from './find-electron.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Set by a project in the configuration that runs on the oldest Electron, not on the usual one. */
    onOldestElectron?: boolean
    /** The Electron to test with, or why there is none. */
    electron: FoundElectron | { missing: string }
    /** The value for DISPLAY where one is needed. */
    display: string | undefined
  }
}

const patience = 3_000

/**
 * Gets Electron and a display ready, once for all tests of a project, and says which Electron. Where
 * that cannot be done, those tests are skipped and one line says what is missing; in CI (`CI=true`) it
 * is a failure instead.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const notice = setTimeout(
    () => console.log('Getting Electron ready; the first time this downloads 100 MB or more …'),
    patience,
  )
  try {
    const { onOldestElectron } = project.getProvidedContext()
    const electron = await (onOldestElectron ? findOldestElectron() : findElectron())
    const { display, stop } = await startDisplay()
    console.log(`${project.name}: on Electron ${electron.version} (${electron.source})`)
    project.provide('electron', electron)
    project.provide('display', display)
    return stop
  } catch (error) {
    if (!(error instanceof ElectronUnavailableError) || isInCI()) throw error
    console.log(`${project.name} is skipped: ${error.message}`)
    project.provide('electron', { missing: error.message })
    project.provide('display', undefined)
    return async () => {}
  } finally {
    clearTimeout(notice)
  }
}
