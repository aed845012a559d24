import { dirname, join } from 'node:path'
import { binaryInDist } from './electron-files.ts'
import type { ElectronFiles } from './electron-files.ts'

/**
 * The Electron that the caller names: with ELECTRON_OVERRIDE_DIST_PATH (the electron package's own
 * variable) its folder, or with ELECTRON_EXEC_PATH (electron-vite's) its binary.
 */
export function electronFromEnvironment(): ElectronFiles | undefined {
  const { ELECTRON_OVERRIDE_DIST_PATH, ELECTRON_EXEC_PATH } = process.env
  if (ELECTRON_OVERRIDE_DIST_PATH) {
    const execPath = join(ELECTRON_OVERRIDE_DIST_PATH, binaryInDist())
    return { distPath: ELECTRON_OVERRIDE_DIST_PATH, execPath }
  }
  if (!ELECTRON_EXEC_PATH) return undefined
  return { distPath: dirname(ELECTRON_EXEC_PATH), execPath: ELECTRON_EXEC_PATH }
}
