/** The link `hub-desk`: what the first window may ask of main. */
export interface HubDesk {
  /**
   * Opens a document window under a name that is free.
   *
   * @throws with code `TOO_MANY` above {@link MAX_WINDOWS}.
   */
  openWindow(): Promise<void>

  /**
   * Opens the window of an author who had one before, or brings it to the front.
   *
   * @throws with code `UNKNOWN` when there never was such a one; `TOO_MANY` as above.
   */
  showWindow(author: string): Promise<void>

  /** Closes the window of an author, if it is open. */
  closeWindow(author: string): Promise<void>

  /** Has the page of an author crash, if it is open: it is loaded again. */
  crashWindow(author: string): Promise<void>

  /** Kills the hub, which is started again. */
  killHub(): Promise<void>
}

/** The most document windows at once. */
export const MAX_WINDOWS = 32
