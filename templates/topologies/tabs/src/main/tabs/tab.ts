import type { Input, WebContents, WebContentsView } from 'electron'
import type { TabKind, TabState } from '../../contracts/tab-strip'
import { printable } from '../../ports/printable'
import type { Main } from '../services'
import { type PageView, newView } from '../view'
import { type Shortcut, shortcutOf } from './shortcut'

/** What is told of a tab to whoever keeps it. */
export interface TabEvents {
  onChange(): void
  onShortcut(shortcut: Shortcut): void
  /** It is gone: closed, or by itself. */
  onGone(): void
}

/** In characters. A page may call itself what it likes. */
const MAX_TITLE = 100

const NEW_TITLES: Record<TabKind, string> = { tab: 'New note', guest: 'Guest' }

/** A page in a tab, in whichever window. */
export class Tab {
  readonly key: string
  readonly kind: TabKind
  readonly #page: PageView
  /** Kept here: a view whose contents are gone has none. */
  readonly #contents: WebContents
  #title: string
  #isLoading = true
  #isDead = false

  constructor(main: Main, kind: TabKind, key: string, events: TabEvents) {
    this.key = key
    this.kind = kind
    this.#title = NEW_TITLES[kind]
    this.#page = newView(main, kind, { isForeign: kind === 'guest' }, key)
    this.#contents = this.#page.view.webContents
    this.#listen(events)
  }

  get view(): WebContentsView {
    return this.#page.view
  }

  get state(): TabState {
    const { key, kind } = this
    return { key, kind, title: this.#title, isLoading: this.#isLoading, isDead: this.#isDead }
  }

  /** One that is dead is loaded again. */
  tryAgain(): void {
    this.#page.tryAgain()
  }

  /** Its page has no say in it. */
  close(): void {
    if (!this.#contents.isDestroyed()) this.#contents.close()
  }

  /** Gives its page the keyboard. */
  focus(): void {
    if (!this.#contents.isDestroyed()) this.#contents.focus()
  }

  #listen({ onChange, onShortcut, onGone }: TabEvents): void {
    const contents = this.#contents
    contents.on('page-title-updated', (_event, title) => {
      this.#title = printable(title, MAX_TITLE)
      onChange()
    })
    contents.on('did-start-loading', () => {
      this.#isLoading = true
      this.#isDead = false
      onChange()
    })
    contents.on('did-stop-loading', () => {
      this.#isLoading = false
      onChange()
    })
    contents.on('render-process-gone', () => {
      this.#isDead = true
      this.#isLoading = false
      onChange()
    })
    contents.on('before-input-event', forShortcuts(onShortcut))
    contents.once('destroyed', onGone)
  }
}

/** A listener for the keys of a page: a shortcut does not reach the page itself. */
export function forShortcuts(onShortcut: (shortcut: Shortcut) => void) {
  return (event: { preventDefault(): void }, input: Input): void => {
    const shortcut = shortcutOf(input, process.platform === 'darwin')
    if (!shortcut) return
    event.preventDefault()
    onShortcut(shortcut)
  }
}
