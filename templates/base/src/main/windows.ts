import { join } from 'node:path'
import { BrowserWindow, type WebPreferences, app } from 'electron'
import type { Pages } from '../ports/handoff/pages'
import { type NameOf, type NodeName, topology } from '../topology'
import { originOf, pageUrl } from './content'
import { reviveAfterCrash } from './revive'
import { showErrorsOf } from './show-errors'

/** The pause in milliseconds before a worker window is opened again that its own page has closed. */
const REOPEN_MS = 1000

/** How long the first paint of a page is waited for, in milliseconds, until its window is shown all the same. */
const PATIENCE_MS = 5000

/** Set in full, though most are Electron's defaults: nobody should have to know which. */
const webPreferences: WebPreferences = {
  preload: join(__dirname, '../preload/index.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
}

type PageName = NameOf<'window' | 'worker-window'>

/** The windows of the nodes, at most one each. The app ends when the last one that can be seen is closed. */
export class Windows {
  readonly #pages: Pages
  readonly #open = new Map<PageName, BrowserWindow>()
  #isQuitting = false

  constructor(pages: Pages) {
    this.#pages = pages
    app.on('before-quit', () => (this.#isQuitting = true))
  }

  /** Opens the window of every node that is a page. */
  openAll(): void {
    for (const node of Object.keys(topology.nodes) as NodeName[]) if (isPage(node)) this.open(node)
  }

  /** Opens the window of a node, or brings it to the front. */
  open(node: PageName): void {
    if (this.#isQuitting) return this.#openLater(node)
    const known = this.#open.get(node)
    if (known) return bringToFront(known)
    const window = openWindow(node)
    this.#open.set(node, window)
    this.#pages.admit(node, window.webContents, originOf(node))
    window.once('closed', () => {
      this.#open.delete(node)
      if (isWorker(node)) this.#openLater(node)
      // A worker window is never seen: it would keep the app alive for ever.
      else if (!this.#canBeSeen()) app.quit()
    })
  }

  /** Opens it unless the app has ended by then. It has not if a window refused to be closed: that ends the quitting. */
  #openLater(node: PageName): void {
    setTimeout(() => {
      if (!this.#canBeSeen()) return
      this.#isQuitting = false
      this.open(node)
    }, REOPEN_MS)
  }

  #canBeSeen(): boolean {
    return ![...this.#open.keys()].every(isWorker)
  }
}

function bringToFront(window: BrowserWindow): void {
  if (window.webContents.isCrashed()) window.webContents.reload() // it died too often, and stayed down
  if (window.isMinimized()) window.restore()
  window.focus()
}

function isWorker(node: PageName): boolean {
  return topology.nodes[node].kind === 'worker-window'
}

function isPage(node: NodeName): node is PageName {
  return ['window', 'worker-window'].includes(topology.nodes[node].kind)
}

/** Opens a window and loads the page of its node, `src/renderer/<node>`. */
function openWindow(node: PageName): BrowserWindow {
  const window = isWorker(node) ? createWorkerWindow() : createVisibleWindow()
  const load = (): void => {
    window.loadURL(pageUrl(node)).catch((error: unknown) => {
      console.error(`The page of "${node}" was not loaded:`, error)
    })
  }
  window.webContents.on('did-navigate', (_event, _url, status) => {
    if (status < 400) return
    console.error(`The page of "${node}" is not there: see src/renderer/${node}/index.html.`)
  })
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
  showErrorsOf(window.webContents)
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
  // No white flash. But a page that never gets so far must be seen too, or nobody could close it.
  const late = setTimeout(() => window.show(), PATIENCE_MS)
  const forget = (): void => clearTimeout(late)
  window.once('ready-to-show', () => window.show())
  window.once('show', forget)
  window.once('closed', forget)
  return window
}
