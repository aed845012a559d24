import { BrowserWindow, type WebContents, app } from 'electron'
import type { Broker } from '../ports/handoff/broker'
import type { Pages } from '../ports/handoff/pages'
import { type KeyOf, type NameOf, type NodeName, topology } from '../topology'
import { originOf } from './content'
import { attendWindow } from './desktop/desktop'
import { FirstWindow } from './first-window'
import { keepPage } from './page'
import { Quitting } from './quitting'
import { newVisibleWindow, newWorkerWindow } from './window'

/** The pause in milliseconds before a worker window is opened again that its own page has closed. */
const REOPEN_MS = 1000

type PageName = NameOf<'window' | 'worker-window'>

/** A node, and the key of one of those of which there are many. */
type Which = [node: PageName, key: string | undefined]

interface OpenWindow {
  readonly node: PageName
  /** Which one it is, where there are many of the node. */
  readonly key: string | undefined
  readonly window: BrowserWindow
  /** Loads its page, if that is dead. */
  readonly tryAgain: () => void
  /** That it closes is no fault of its page. */
  isUnwanted: boolean
}

/**
 * The windows of the nodes: one each, or of a node of which there are many one for each key. When the last window that can
 * be seen is closed, the app ends; one that listens to Electron's `window-all-closed`, such as an app with a tray, decides
 * for itself.
 */
export class Windows {
  readonly #broker: Broker
  readonly #pages: Pages
  readonly #open = new Set<OpenWindow>()
  readonly #quitting = new Quitting(() => this.#canBeSeen())
  readonly #first = new FirstWindow(this.#quitting)

  constructor(broker: Broker, pages: Pages) {
    this.#broker = broker
    this.#pages = pages
    app.on('browser-window-created', (_event, window) => {
      window.once('closed', () => this.#noteClosed(window))
    })
  }

  /**
   * Opens the windows that `src/topology.ts` has open from the start. The first that can be seen comes first, and all else
   * when it is there, for it would hold that up: what waits by {@link afterFirst}, worker windows, and the others.
   */
  openAtStart(): void {
    const [first, ...others] = windowsAtStart((node) => !isWorker(node))
    if (first && !this.#find(...first)) this.#first.expect()
    if (first) this.#show(...first)
    if (![...this.#open].some(({ node }) => !isWorker(node))) this.#first.goOn()
    this.afterFirst(() => {
      for (const [node, key] of [...windowsAtStart(isWorker), ...others]) {
        if (!this.#find(node, key)) this.#show(node, key)
      }
    })
  }

  /** Calls `run` when the first window is there, or at once when it is: what is not seen in that can start then. */
  afterFirst(run: () => void): void {
    this.#first.after(run)
  }

  /**
   * Opens the window of a node, or brings it to the front; a page that died too often is tried again. While the app
   * ends it waits: should a window refuse to be closed, the app goes on.
   *
   * @param which  Where there are many of the node, the key of the one that is meant: a string of 1 to 100 characters.
   * @example windows.open('document', path)
   */
  open<Name extends PageName>(node: Name, ...which: KeyOf<Name>): void {
    const [key]: readonly string[] = which
    this.#show(node, key)
  }

  /** Closes the window of a node, which stays closed. The page of one that can be seen may object, as to its user. */
  close<Name extends PageName>(node: Name, ...which: KeyOf<Name>): void {
    const [key]: readonly string[] = which
    const known = this.#find(node, key)
    if (!known) return
    known.isUnwanted = true
    if (isWorker(node)) known.window.destroy()
    else known.window.close()
  }

  /** The window of a node, while it is open. */
  get<Name extends PageName>(node: Name, ...which: KeyOf<Name>): BrowserWindow | undefined {
    const [key]: readonly string[] = which
    return this.#find(node, key)?.window
  }

  /** The keys of those that are open, of a node of which there are many, in the order in which they were opened. */
  keysOf(node: PageName): string[] {
    return [...this.#open].flatMap((each) => (each.node === node ? (each.key ?? []) : []))
  }

  /** The node whose window has these contents; undefined when it is none. */
  nodeOf(contents: WebContents): string | undefined {
    return this.#pages.memberOf(contents)?.node
  }

  #find(node: PageName, key: string | undefined): OpenWindow | undefined {
    return [...this.#open].find((each) => each.node === node && each.key === key)
  }

  #show(node: PageName, key: string | undefined): void {
    this.#broker.check({ node, key })
    if (this.#quitting.isUnderWay) return this.#showLater(node, key)
    const known = this.#find(node, key)
    if (known) this.#showAgain(known)
    else this.#add(node, key)
  }

  #add(node: PageName, key: string | undefined): void {
    const window = isWorker(node) ? newWorkerWindow() : newVisibleWindow(topology.nodes[node])
    attendWindow(window, { node, key }, !isWorker(node))
    this.#pages.admit(node, window.webContents, originOf(node), key)
    const giveUp = (): void => this.#broker.giveUp(node, tryAgain, key)
    const tryAgain = keepPage(node, key, window.webContents, giveUp)
    const added = { node, key, window, tryAgain, isUnwanted: false }
    this.#open.add(added)
    if (!isWorker(node)) this.#first.add(window)
    window.once('closed', () => {
      this.#open.delete(added)
      this.#broker.expect(node, key)
      if (isWorker(node) && !added.isUnwanted) this.#showLater(node, key)
    })
  }

  #showAgain({ node, key, window, tryAgain }: OpenWindow): void {
    this.#broker.expect(node, key)
    tryAgain()
    if (isWorker(node)) return
    if (window.isMinimized()) window.restore()
    window.focus()
  }

  #showLater(node: PageName, key: string | undefined): void {
    this.#quitting.later(REOPEN_MS, () => this.#show(node, key))
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
    return [...this.#open].filter(({ node }) => isWorker(node)).map(({ window }) => window)
  }
}

/** The windows that are open from the start, of some of the nodes. The key is undefined where there is one of the node. */
function windowsAtStart(isMeant: (node: PageName) => boolean): Which[] {
  const pages = (Object.keys(topology.nodes) as NodeName[]).filter(isPage)
  return pages.filter(isMeant).flatMap((node) => {
    const { many, opens = many ? [] : [undefined] } = topology.nodes[node]
    return opens === 'later' ? [] : opens.map((key): Which => [node, key])
  })
}

function isWorker(node: PageName): boolean {
  return topology.nodes[node].kind === 'worker-window'
}

function isPage(node: NodeName): node is PageName {
  return ['window', 'worker-window'].includes(topology.nodes[node].kind)
}
