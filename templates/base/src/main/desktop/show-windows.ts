import { BrowserWindow, app } from 'electron'
import type { Windows } from '../windows'

/** Shows the app to a user who has asked for it once more: by a second start, or a click on its icon in the dock. */
export function showWindows(windows: Windows): void {
  const [first] = BrowserWindow.getAllWindows().filter(isSeen)
  if (!first) return windows.openAtStart()
  if (first.isMinimized()) first.restore()
  first.show()
  first.focus()
}

/** On macOS an app without a window stays in the dock, and a click there opens its windows again. */
export function stayInDock(windows: Windows): void {
  if (process.platform !== 'darwin') return
  app.on('window-all-closed', () => {}) // unheard, it ends the app
  app.on('activate', (_event, hasWindows) => {
    if (!hasWindows) windows.openAtStart()
  })
}

/** Worker windows never are. */
function isSeen(window: BrowserWindow): boolean {
  return window.isVisible() || window.isMinimized()
}
