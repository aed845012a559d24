import { BrowserWindow, type WebContents, app } from 'electron'
import type { Broker } from '../ports/handoff/broker'
import { Pages } from '../ports/handoff/pages'
import { type NameOf, type NodeName, topology } from '../topology'
import { originOf } from './content'
import { keepPage } from './page'
import { Quitting } from './quitting'
import { newVisibleWindow, newWorkerWindow } from './window'

/** The pause in milliseconds before a worker window is opened again that its own page has closed. */
const REOPEN_MS = 1000

type PageName = NameOf<'window' | 'worker-window'>

interface OpenWindow {
  window: BrowserWindow
  /** Loads its page, if that is dead. */
  tryAgain: () => void
}

/**
 * The windows of the nodes, at most one each. When the last window that can be seen is closed, the app ends; one
 * that listens to Electron's `window-all-closed`, such as an app with a tray, decides for itself.
 */
export class Windows {
  readonly #broker: Broker
  readonly #pages: Pages
  readonly #open = new Map<PageName, OpenWindow>()
  readonly #quitting = new Quitting(() => this.#canBeSeen())

  constructor(broker: Broker) {
    this.#broker = broker
    this.#pages = new Pages(broker)
    app.on('browser-window-created', (_event, window) => {
      window.once('closed', () => this.#noteClosed(window))
    })
  }

  /** Opens the window of every node that is a page. */
  openAll(): void {
    for (const node of Object.keys(topology.nodes) as NodeName[]) if (isPage(node)) this.open(node)
  }

  /**
   * Opens the window of a node, or brings it to the front; a page that died too often is tried again. While the app
   * ends it waits: should a window refuse to be closed, the app goes on.
   */
  open(node: PageName): void {
    if (this.#quitting.isUnderWay) return this.#openLater(node)
    const known = this.#open.get(node)
    if (known) return this.#showAgain(node, known)
    const window = isWorker(node) ? newWorkerWindow() : newVisibleWindow()
    this.#pages.admit(node, window.webContents, originOf(node))
    const tryAgain = keepPage(node, window, () => this.#broker.giveUp(node, tryAgain))
    this.#open.set(node, { window, tryAgain })
    window.once('closed', () => {
      this.#open.delete(node)
      this.#broker.expect(node)
      if (isWorker(node)) this.#openLater(node)
    })
  }

  /** The node whose window has these contents; undefined when it is none. */
  nodeOf(contents: WebContents): string | undefined {
    return this.#pages.nodeOf(contents)
  }

  #showAgain(node: PageName, { window, tryAgain }: OpenWindow): void {
    this.#broker.expect(node)
    tryAgain()
    if (isWorker(node)) return
    if (window.isMinimized()) window.restore()
    window.focus()
  }

  /** Unless the app has ended by then. */
  #openLater(node: PageName): void {
    setTimeout(() => {
      if (!this.#quitting.isUnderWay) this.open(node)
    }, REOPEN_MS)
  }

  /** Worker windows are never seen: with them alone the app has no window, whatever Electron counts. */
  #noteClosed(window: BrowserWindow): void {
    const workers = this.#workers()
    if (workers.length === 0 || workers.includes(window)) return
    if (!this.#quitting.isUnderWay && !this.#canBeSeen()) app.emit('window-all-closed')
  }

  #canBeSeen(): boolean {
    const workers = this.#workers()
    return BrowserWindow.getAllWindows().some(
      (window) => !window.isDestroyed() && !workers.includes(window),
    )
  }

  #workers(): BrowserWindow[] {
    return [...this.#open].filter(([node]) => isWorker(node)).map(([, { window }]) => window)
  }
}

function isWorker(node: PageName): boolean {
  return topology.nodes[node].kind === 'worker-window'
}

function isPage(node: NodeName): node is PageName {
  return ['window', 'worker-window'].includes(topology.nodes[node].kind)
}
