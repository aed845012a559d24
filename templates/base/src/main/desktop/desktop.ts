/** What an app owes to its user's desktop: each line stands for the file that it comes from, and can go. */
import { type BrowserWindow, app } from 'electron'
import { showErrorsOf } from '../show-errors'
import { printable } from '../../ports/printable'
import type { Windows } from '../windows'
import { claimDeepLinks, receiveDeepLinks } from './deep-links'
import { keepHolds } from './hold-quit'
import { logError, logToFile } from './log-file'
import { setMenu } from './menu'
import { onSecondStart } from './one-instance'
import { showWindows, stayInDock } from './show-windows'
import { keepPlace } from './window-places'

/** What must be done before the app is ready. */
export function prepareDesktop(): void {
  logToFile()
  receiveDeepLinks()
  // With `crashReporter` from Electron. What is left of a process that crashed is then in `app.getPath('crashDumps')`.
  // crashReporter.start({ uploadToServer: false })
}

/** What the first window need not wait for is done once it is shown. */
export function startDesktop(windows: Windows): void {
  const open = (): void => windows.openAtStart()
  const show = (): void => showWindows(open)
  setMenu()
  keepHolds(show)
  stayInDock(open)
  onSecondStart(show)
  app.on('browser-window-created', (_event, window) => window.once('show', claimDeepLinks))
}

/** A window that the user sees is where it was left; and what goes wrong in a page is in the log, if not in the terminal. */
export function attendWindow(
  window: BrowserWindow,
  { node, key }: { node: string; key: string | undefined },
  isSeen: boolean,
): void {
  const name = key === undefined ? node : `${node} ${key}`
  if (isSeen) keepPlace(window, name)
  showErrorsOf(window.webContents, printable(name), isSeen ? logError : console.error)
}
