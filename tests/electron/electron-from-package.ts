import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { binaryInDist } from './electron-files.ts'
import type { ElectronFiles } from './electron-files.ts'
import { ElectronUnavailableError } from './electron-unavailable-error.ts'
import { runLocked } from './run-locked.ts'

const downloadTimeout = 5 * 60_000

/**
 * The Electron of this repository's `electron` package. Since 42 that package has no install script,
 * so its installer is run here; it ends at once where the binary is there already, and where the
 * download host cannot be reached.
 *
 * @throws {ElectronUnavailableError} when the download fails or takes longer than five minutes.
 */
export async function fetchElectronFromPackage(): Promise<ElectronFiles> {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  try {
    await runLocked('electron-package', process.execPath, [join(folder, 'install.js')], {
      timeout: downloadTimeout,
      title: 'install-electron',
    })
  } catch (error) {
    throw new ElectronUnavailableError(
      `the binary of the electron package could not be downloaded: ${(error as Error).message}`,
    )
  }
  const distPath = join(folder, 'dist')
  return { distPath, execPath: join(distPath, binaryInDist()) }
}
