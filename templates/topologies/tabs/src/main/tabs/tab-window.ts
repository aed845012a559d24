import type { BrowserWindow } from 'electron'
import type { Tab } from './tab'
import { TabOrder } from './tab-order'

/** A window with tabs: its own page is the strip, and below that lies the view of the tab that is shown. */
export class TabWindow {
  readonly key: string
  readonly window: BrowserWindow
  readonly #order = new TabOrder<Tab>()
  /** The height of the strip, in CSS pixels of its page. */
  #top = 0

  constructor(key: string, window: BrowserWindow) {
    this.key = key
    this.window = window
    window.on('resize', () => this.#place())
  }

  get tabs(): readonly Tab[] {
    return this.#order.all
  }

  get shown(): Tab | undefined {
    return this.#order.shown
  }

  /** Takes a new tab, or one that has left another window, and shows it. */
  add(tab: Tab): void {
    this.#order.add(tab)
    this.window.contentView.addChildView(tab.view)
    this.show(tab)
  }

  /** Lets a tab go, which stays alive. */
  remove(tab: Tab): void {
    this.#order.remove(tab)
    if (this.window.isDestroyed()) return
    this.window.contentView.removeChildView(tab.view)
    if (this.shown) this.show(this.shown)
  }

  show(tab: Tab): void {
    this.#order.show(tab)
    this.update()
    tab.focus()
  }

  showNext(step: number): void {
    const next = this.#order.after(step)
    if (next) this.show(next)
  }

  reorder(tab: Tab, place: number): void {
    this.#order.reorder(tab, place)
  }

  /** The strip has another height. */
  setTop(height: number): void {
    if (!Number.isFinite(height)) return
    this.#top = height
    this.#place()
  }

  /** Shows one view and hides the others. Of a page that is dead, that of the window says so, where its view would be. */
  update(): void {
    for (const tab of this.tabs) tab.view.setVisible(tab === this.shown && !tab.state.isDead)
    this.#place()
  }

  #place(): void {
    if (this.window.isDestroyed()) return
    const [width = 0, height = 0] = this.window.getContentSize()
    const strip = Math.round(this.#top * this.window.webContents.getZoomFactor())
    const y = Math.min(Math.max(strip, 0), height)
    this.shown?.view.setBounds({ x: 0, y, width, height: height - y })
  }
}
