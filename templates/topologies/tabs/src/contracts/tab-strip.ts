/**
 * The link `tab-strip`: what the page of a window may ask of main. It has its own window's tabs at its command, by their
 * keys, and no others.
 */
export interface TabStrip {
  /** The tabs of the window: as they are, and again whenever that changes. */
  watch(signal: AbortSignal): AsyncIterable<StripState>

  /** Opens a tab at the end, and shows it. @throws with code `TOO_MANY`. */
  open(kind: TabKind): Promise<void>

  /** Closes a tab, and with the last one the window. */
  close(key: string): Promise<void>

  /** Shows a tab and gives it the keyboard; one that has died is tried again. */
  show(key: string): Promise<void>

  /** Puts a tab in another place: 0 is the first. */
  reorder(key: string, place: number): Promise<void>

  /** Moves a tab, which goes on as it is, to another window: to a new one, unless a key is given. */
  moveToWindow(key: string, window?: string): Promise<void>

  /** The height of the strip in CSS pixels: the views lie below. */
  resize(height: number): void
}

export interface StripState {
  /** In their order. */
  tabs: TabState[]
  /** The key of the one that is shown. */
  shown: string | undefined
  /** The keys of the other windows. */
  others: string[]
}

export interface TabState {
  key: string
  kind: TabKind
  title: string
  isLoading: boolean
  /** Its process has ended; it is loaded again, unless that was once too often. */
  isDead: boolean
}

/** The node whose page it shows. */
export type TabKind = 'tab' | 'guest'
