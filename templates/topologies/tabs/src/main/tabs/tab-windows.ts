import type { TabWindowInfo } from '../../contracts/tab-desk'
import type { StripState, TabKind } from '../../contracts/tab-strip'
import type { Main } from '../services'
import type { Shortcut } from './shortcut'
import { Tab, forShortcuts } from './tab'
import { TabWindow } from './tab-window'

/** How many tabs there may be: each is a process. */
const MAX_TABS = 100

/** All windows with tabs. Keys are given here, and are never used again. */
export class TabWindows {
  readonly #main: Main
  readonly #windows = new Map<string, TabWindow>()
  readonly #onChange: () => void
  #lastWindow = 0
  #lastTab = 0

  constructor(main: Main, onChange: () => void) {
    this.#main = main
    this.#onChange = onChange
  }

  get infos(): TabWindowInfo[] {
    return [...this.#windows.values()].map(({ key, tabs }) => ({
      key,
      titles: tabs.map(({ state }) => state.title),
    }))
  }

  stateOf(key: string): StripState {
    const { tabs, shown } = this.#get(key)
    const others = [...this.#windows.keys()].filter((each) => each !== key)
    return { tabs: tabs.map(({ state }) => state), shown: shown?.key, others }
  }

  /** @throws with code `TOO_MANY`, and when the app is about to end. */
  openWindow(): void {
    this.#checkRoom()
    this.#openTabIn(this.#newWindow(), 'tab')
  }

  showWindow(key: string): void {
    if (this.#windows.has(key)) this.#main.windows.open('tabs', key)
  }

  /** @throws with code `TOO_MANY`. */
  openTab(key: string, kind: TabKind): void {
    this.#checkRoom()
    this.#openTabIn(this.#get(key), kind)
  }

  closeTab(key: string, tab: string): void {
    this.#tabOf(key, tab).close()
  }

  showTab(key: string, tab: string): void {
    const found = this.#tabOf(key, tab)
    found.tryAgain()
    this.#get(key).show(found)
    this.#onChange()
  }

  reorder(key: string, tab: string, place: number): void {
    this.#get(key).reorder(this.#tabOf(key, tab), place)
    this.#onChange()
  }

  /** The page of the tab does not notice: its view changes its place, and the links to it are opened anew. */
  moveTab(key: string, tab: string, to?: string): void {
    const found = this.#tabOf(key, tab)
    const from = this.#get(key)
    if (to === key || (to === undefined && from.tabs.length === 1)) return
    const target = to === undefined ? this.#newWindow() : this.#get(to)
    from.remove(found)
    target.add(found)
    target.window.focus()
    this.#closeIfEmpty(from)
    this.#onChange()
  }

  setTop(key: string, height: number): void {
    this.#windows.get(key)?.setTop(height)
  }

  #newWindow(): TabWindow {
    const key = String((this.#lastWindow += 1))
    this.#main.windows.open('tabs', key)
    const window = this.#main.windows.get('tabs', key)
    if (!window) throw new Error('The app is about to end.')
    const added = new TabWindow(key, window)
    this.#windows.set(key, added)
    window.webContents.on(
      'before-input-event',
      forShortcuts((shortcut) => this.#press(shortcut, added)),
    )
    window.once('closed', () => {
      this.#windows.delete(key)
      for (const tab of added.tabs) tab.close()
      this.#onChange()
    })
    return added
  }

  #openTabIn(window: TabWindow, kind: TabKind): void {
    const tab: Tab = new Tab(this.#main, kind, String((this.#lastTab += 1)), {
      onChange: () => {
        this.#windowOf(tab)?.update()
        this.#onChange()
      },
      onShortcut: (shortcut) => this.#press(shortcut, this.#windowOf(tab)),
      onGone: () => this.#forget(tab),
    })
    window.add(tab)
    this.#onChange()
  }

  #forget(tab: Tab): void {
    const window = this.#windowOf(tab)
    if (!window) return
    window.remove(tab)
    this.#closeIfEmpty(window)
    this.#onChange()
  }

  #closeIfEmpty({ key, tabs }: TabWindow): void {
    if (tabs.length === 0) this.#main.windows.close('tabs', key)
  }

  #press(shortcut: Shortcut, window: TabWindow | undefined): void {
    if (!window) return
    if (shortcut === 'open') this.openTab(window.key, 'tab')
    if (shortcut === 'close') window.shown?.close()
    if (shortcut === 'next') window.showNext(1)
    if (shortcut === 'previous') window.showNext(-1)
    if (shortcut === 'strip') window.window.webContents.focus()
    this.#onChange()
  }

  #windowOf(tab: Tab): TabWindow | undefined {
    return [...this.#windows.values()].find(({ tabs }) => tabs.includes(tab))
  }

  #get(key: string): TabWindow {
    const window = this.#windows.get(key)
    if (!window) throw new Error('This window is closed.')
    return window
  }

  #tabOf(window: string, key: string): Tab {
    const tab = this.#get(window).tabs.find((each) => each.key === key)
    if (!tab) throw new Error('This tab is not in this window.')
    return tab
  }

  #checkRoom(): void {
    const count = [...this.#windows.values()].reduce((sum, { tabs }) => sum + tabs.length, 0)
    if (count < MAX_TABS) return
    const message = `There are ${MAX_TABS} tabs: close one of them first.`
    throw Object.assign(new Error(message), { code: 'TOO_MANY' })
  }
}
