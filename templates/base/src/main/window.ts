import { join } from 'node:path'
import { BrowserWindow, type WebPreferences } from 'electron'

/** How long the first paint of a page is waited for, in milliseconds, until its window is shown all the same. */
const PATIENCE_MS = 5000

/** Of every page. Set in full, though most are Electron's defaults: nobody should have to know which. */
export const webPreferences: WebPreferences = {
  preload: join(__dirname, '../preload/index.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
}

/** A window for a page that works and is never shown: a full Blink, with a DOM, in a process of its own. */
export function newWorkerWindow(): BrowserWindow {
  // Chromium slows down the timers of pages nobody sees; this one has work to do.
  return new BrowserWindow({
    show: false,
    webPreferences: { ...webPreferences, backgroundThrottling: false },
  })
}

/** How a window is first opened, as far as `src/topology.ts` says so. Sizes are in pixels. */
export interface Look {
  title?: string
  width?: number
  height?: number
}

/** A window for a page that the user sees. */
export function newVisibleWindow({ title, width = 1080, height = 760 }: Look): BrowserWindow {
  const window = new BrowserWindow({
    ...(title !== undefined && { title }),
    width,
    height,
    minWidth: Math.min(width, 480),
    minHeight: Math.min(height, 480),
    show: false,
    autoHideMenuBar: true,
    webPreferences,
  })
  // No white flash. But a page that never gets so far must be seen too, or nobody could close it.
  const late = setTimeout(() => window.show(), PATIENCE_MS)
  const forget = (): void => clearTimeout(late)
  window.once('ready-to-show', () => window.show())
  window.once('show', forget)
  window.once('closed', forget)
  return window
}
