import { join } from 'node:path'
import { BrowserWindow, type WebPreferences } from 'electron'
import type { NodeKind } from '../topology'
import { pageUrl } from './content'
import { reviveAfterCrash } from './revive'

/** Set in full, though most are Electron's defaults: nobody should have to know which. */
const webPreferences: WebPreferences = {
  preload: join(__dirname, '../preload/index.js'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
}

/** Opens the window of a node and loads its page, `src/renderer/<node>`. */
export function openWindow(node: string, kind: NodeKind): BrowserWindow {
  const window = kind === 'worker-window' ? createWorkerWindow() : createVisibleWindow()
  const load = (): void => {
    window.loadURL(pageUrl(node)).catch((error: unknown) => {
      console.error(`The page of "${node}" was not loaded:`, error)
    })
  }
  reviveAfterCrash(node, window, load)
  load()
  return window
}

/** A page that works and is never shown: a full Blink, with a DOM, in a process of its own. */
function createWorkerWindow(): BrowserWindow {
  // Chromium slows down the timers of pages nobody sees; this one has work to do.
  const window = new BrowserWindow({
    show: false,
    webPreferences: { ...webPreferences, backgroundThrottling: false },
  })
  // Nobody sees its console.
  window.webContents.on('console-message', ({ level, message, sourceId, lineNumber }) => {
    if (level === 'error') console.error(`${message} (${sourceId}:${lineNumber})`)
  })
  return window
}

function createVisibleWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1080,
    height: 760,
    minWidth: 480,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
    webPreferences,
  })
  window.once('ready-to-show', () => window.show()) // no white flash
  return window
}
