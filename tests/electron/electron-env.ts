import type { FoundElectron } from './find-electron.ts'

/**
 * The environment in which a generated project's own scripts use this Electron: `require('electron')`
 * in Node reads ELECTRON_OVERRIDE_DIST_PATH; electron-vite starts ELECTRON_EXEC_PATH and builds for
 * ELECTRON_MAJOR_VER, where it would otherwise look at the installed electron package.
 */
export function electronEnv(
  electron: FoundElectron,
  display: string | undefined,
): Record<string, string> {
  return {
    ELECTRON_OVERRIDE_DIST_PATH: electron.distPath,
    ELECTRON_EXEC_PATH: electron.execPath,
    ELECTRON_MAJOR_VER: String(electron.major),
    ...(display !== undefined && { DISPLAY: display }),
  }
}
