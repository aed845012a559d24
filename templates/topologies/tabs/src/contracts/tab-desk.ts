/** The link `tab-desk`: what the first window may ask of main. */
export interface TabDesk {
  /**
   * The windows with tabs: as they are, and again whenever that changes.
   *
   * @throws with code `TOO_OLD` in an Electron without views.
   */
  watch(signal: AbortSignal): AsyncIterable<TabWindowInfo[]>

  /**
   * Opens a window with a note in it.
   *
   * @throws with code `TOO_OLD` as above, and `TOO_MANY`.
   */
  openWindow(): Promise<void>

  /** Brings a window to the front. */
  showWindow(key: string): Promise<void>
}

export interface TabWindowInfo {
  key: string
  /** The titles of its tabs, in their order. */
  titles: string[]
}
