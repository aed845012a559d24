/** Where an Electron lies. */
export type ElectronFiles = {
  /** The folder to give as ELECTRON_OVERRIDE_DIST_PATH. */
  distPath: string
  /** The binary in it, to give as ELECTRON_EXEC_PATH. */
  execPath: string
}

/** The binary's path inside an Electron folder on this system. */
export function binaryInDist(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}
