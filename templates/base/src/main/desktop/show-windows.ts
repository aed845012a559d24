import { BrowserWindow, app } from 'electron'

/**
 * Shows the app to a user who has asked for it once more: the first of its windows.
 *
 * @param open  Opens its windows, where none is left.
 */
export function showWindows(open: () => void): void {
  const windows = BrowserWindow.getAllWindows().filter(isSeen)
  windows.sort(byAge)
  const [first] = windows
  if (!first) return open()
  if (first.isMinimized()) first.restore()
  first.show()
  first.focus()
}

/** On macOS an app without a window stays in the dock, and a click there opens its windows again. */
export function stayInDock(open: () => void): void {
  if (process.platform !== 'darwin') return
  app.on('window-all-closed', () => {}) // unheard, it ends the app
  app.on('activate', (_event, hasWindows) => {
    if (!hasWindows) open()
  })
}

/** Electron lists them in no order. */
function byAge(one: BrowserWindow, other: BrowserWindow): number {
  return one.id - other.id
}

/** Worker windows never are. */
function isSeen(window: BrowserWindow): boolean {
  return window.isVisible() || window.isMinimized()
}
