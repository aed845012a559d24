import { BrowserWindow, app } from 'electron'

/**
 * Shows the app to a user who has asked for it once more.
 *
 * @param open  Opens its windows, where none is left.
 */
export function showWindows(open: () => void): void {
  const [first] = BrowserWindow.getAllWindows().filter(isSeen)
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

/** Worker windows never are. */
function isSeen(window: BrowserWindow): boolean {
  return window.isVisible() || window.isMinimized()
}
