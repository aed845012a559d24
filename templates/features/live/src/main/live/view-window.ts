import { BrowserWindow, app, screen } from 'electron'
import { VIEW } from '../../live/contract'
import { topology } from '../../topology'
import { originOf } from '../content'
import { keepPlace } from '../desktop/window-places'
import type { Main } from '../services'
import { newVisibleWindow } from '../window'
import { readState, writeState } from './remembered'

/** Any node's: the view has the origin of the pages without one of their own. */
const origin = (): string => originOf('app')

/** The window of the view. It is there beside those of the nodes, and does not keep the app alive. */
export class ViewWindow {
  readonly #main: Main
  #window: BrowserWindow | undefined
  #isQuitting = false

  constructor(main: Main) {
    this.#main = main
    app.once('before-quit', () => (this.#isQuitting = true))
    app.on('browser-window-created', (_event, window) => {
      window.once('closed', () => this.#closeIfLast())
    })
  }

  /** Opens it on the first run, and where it was open when the app ended: beside the first window, which keeps the focus. */
  openAsBefore(): void {
    if (!readState().isOpen) return
    const wait = (_event: unknown, first: BrowserWindow): void => {
      first.once('show', () => {
        if (this.#window) return
        app.off('browser-window-created', wait)
        const window = this.#add()
        window.once('show', () => first.isDestroyed() || first.focus())
      })
    }
    app.on('browser-window-created', wait)
  }

  /** Opens it, or brings it to the front. */
  open(): void {
    if (this.#window) return this.#window.focus()
    this.#add()
    writeState({ isOpen: true })
  }

  #add(): BrowserWindow {
    const window = newVisibleWindow({ title: 'Live view' })
    this.#window = window
    window.setBounds(placeBeside())
    keepPlace(window, VIEW)
    this.#main.pages.admit(VIEW, window.webContents, origin())
    window.webContents.loadURL(`${origin()}/${VIEW}/view.html`).catch((error: unknown) => {
      console.error('The live view was not loaded:', error)
    })
    window.on('close', () => writeState({ isOpen: this.#isQuitting || !this.#hasOthers() }))
    window.once('closed', () => (this.#window = undefined))
    return window
  }

  #closeIfLast(): void {
    if (this.#window && !this.#window.isDestroyed() && !this.#hasOthers()) this.#window.close()
  }

  /** Whether a window is open that its user works with. */
  #hasOthers(): boolean {
    return BrowserWindow.getAllWindows().some((window) => {
      if (window.isDestroyed() || window === this.#window) return false
      const node = this.#main.windows.nodeOf(window.webContents) as keyof typeof topology.nodes
      return topology.nodes[node]?.kind !== 'worker-window'
    })
  }
}

/** At the right of the screen, where the first window leaves some room. */
function placeBeside(): Electron.Rectangle {
  const { x, y, width, height } = screen.getPrimaryDisplay().workArea
  const own = { width: Math.min(1180, width), height: Math.min(820, height) }
  return { x: x + width - own.width, y: y + Math.round((height - own.height) / 2), ...own }
}
