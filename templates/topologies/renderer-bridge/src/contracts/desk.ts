/** The link `app-desk`: what the editor may ask of main. */
export interface AppDesk {
  /** Opens the preview's window, or brings it to the front. */
  openPreview(): Promise<void>

  /**
   * Keeps the main process busy, as bad code would.
   *
   * @param milliseconds  At most {@link MAX_BLOCKED_MS}.
   * @throws with code `OUT_OF_RANGE` when it is no such number.
   */
  blockMain(milliseconds: number): Promise<void>
}

/** The link `preview-desk`: what the preview may ask of main, which is less. */
export interface PreviewDesk {
  /** Opens the editor's window, or brings it to the front. */
  openEditor(): Promise<void>
}

/** For how many milliseconds main can be blocked. */
export const MAX_BLOCKED_MS = 5000
