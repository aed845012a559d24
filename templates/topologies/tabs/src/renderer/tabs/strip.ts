import type { StripState, TabState } from '../../contracts/tab-strip'

/** What its user does with a tab. */
export interface StripEvents {
  onShow(key: string): void
  onClose(key: string): void
  onReorder(key: string, place: number): void
}

/** What is known of a tab beside its state. */
export interface TabFacts {
  isConnected: boolean
  /** Small print, such as how many words there are. */
  note: string
}

interface TabParts {
  tab: HTMLElement
  title: HTMLElement
  note: HTMLElement
  close: HTMLElement
}

/**
 * Draws the tabs, as a `tablist`: arrows go from tab to tab, Enter shows one, Delete closes it, and with Ctrl and Shift
 * the keys PageUp and PageDown move it. It can be dragged as well.
 */
export class Strip {
  readonly #element: HTMLElement
  readonly #events: StripEvents
  readonly #parts = new Map<string, TabParts>()
  #state: StripState = { tabs: [], shown: undefined, others: [] }
  #dragged: string | undefined

  constructor(element: HTMLElement, events: StripEvents) {
    this.#element = element
    this.#events = events
    element.addEventListener('keydown', (event) => this.#press(event))
    element.addEventListener('dragover', (event) => this.#dragged && event.preventDefault())
    element.addEventListener('drop', (event) => this.#drop(event))
  }

  show(state: StripState, factsOf: (key: string) => TabFacts): void {
    this.#state = state
    const keys = new Set(state.tabs.map(({ key }) => key))
    for (const [key, { tab }] of this.#parts) {
      if (keys.has(key)) continue
      this.#parts.delete(key)
      tab.remove()
    }
    for (const [place, tab] of state.tabs.entries()) {
      const parts = this.#parts.get(tab.key) ?? this.#add(tab.key)
      // One that is put where it is loses the keyboard.
      const there = this.#element.children[place]
      if (there !== parts.tab) this.#element.insertBefore(parts.tab, there ?? null)
      this.#fill(parts, tab, factsOf(tab.key))
    }
    this.#letIn()
  }

  #add(key: string): TabParts {
    const [tab, title, note, close] = ['tab', 'title', 'note', 'close'].map((className) => {
      const part = document.createElement(className === 'tab' ? 'div' : 'span')
      part.className = className
      return part
    }) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement]
    tab.role = 'tab'
    tab.draggable = true
    tab.dataset['key'] = key
    // For the mouse alone: by keyboard it is Delete.
    close.textContent = '×'
    close.ariaHidden = 'true'
    close.addEventListener('click', (event) => {
      event.stopPropagation()
      this.#events.onClose(key)
    })
    tab.append(title, note, close)
    tab.addEventListener('click', () => this.#events.onShow(key))
    tab.addEventListener('auxclick', ({ button }) => button === 1 && this.#events.onClose(key))
    tab.addEventListener('dragstart', () => (this.#dragged = key))
    tab.addEventListener('dragend', () => (this.#dragged = undefined))
    const parts = { tab, title, note, close }
    this.#parts.set(key, parts)
    return parts
  }

  #fill({ tab, title, note }: TabParts, state: TabState, facts: TabFacts): void {
    title.textContent = state.title
    tab.title = state.title
    note.textContent = facts.note
    tab.ariaSelected = String(state.key === this.#state.shown)
    tab.ariaBusy = String(state.isLoading)
    tab.dataset['kind'] = state.kind
    tab.dataset['state'] = stateOf(state, facts)
  }

  /** By Tab one comes to one of the tabs, and on by arrows. */
  #letIn(): void {
    const hasFocus = this.#element.contains(document.activeElement)
    for (const [key, { tab }] of this.#parts) {
      const isIn = hasFocus ? tab === document.activeElement : key === this.#state.shown
      tab.tabIndex = isIn ? 0 : -1
    }
  }

  #press(event: KeyboardEvent): void {
    const keys = this.#state.tabs.map(({ key }) => key)
    const key = (event.target as HTMLElement).dataset['key'] ?? ''
    const place = keys.indexOf(key)
    if (place < 0) return
    if (event.ctrlKey && event.shiftKey && /^Page(Up|Down)$/.test(event.key)) {
      const step = event.key === 'PageUp' ? -1 : 1
      this.#events.onReorder(key, Math.max(0, place + step))
    } else if (event.key === 'Enter' || event.key === ' ') this.#events.onShow(key)
    else if (event.key === 'Delete') this.#close(place)
    else if (!this.#go(place, event.key)) return
    event.preventDefault()
  }

  /** The keyboard stays in the strip. */
  #close(place: number): void {
    const { tabs } = this.#state
    const [closed, next] = [tabs[place], tabs[place + 1] ?? tabs[place - 1]]
    if (next) this.#parts.get(next.key)?.tab.focus()
    if (closed) this.#events.onClose(closed.key)
  }

  #go(place: number, pressed: string): boolean {
    const { length } = this.#state.tabs
    const places: Record<string, number> = {
      ArrowLeft: (place + length - 1) % length,
      ArrowRight: (place + 1) % length,
      Home: 0,
      End: length - 1,
    }
    const next = this.#state.tabs[places[pressed] ?? -1]
    if (!next) return false
    this.#parts.get(next.key)?.tab.focus()
    this.#letIn()
    return true
  }

  #drop(event: DragEvent): void {
    if (this.#dragged === undefined) return
    event.preventDefault()
    const target = (event.target as HTMLElement).closest<HTMLElement>('.tab')
    const keys = this.#state.tabs.map(({ key }) => key)
    const place = target ? keys.indexOf(target.dataset['key'] ?? '') : keys.length
    this.#events.onReorder(this.#dragged, place)
  }
}

function stateOf({ isDead, isLoading }: TabState, { isConnected }: TabFacts): string {
  if (isDead) return 'dead'
  if (isLoading) return 'loading'
  return isConnected ? 'connected' : 'lost'
}
