/** The link `figures`: what the page may ask of the main process. */
export interface Figures {
  /**
   * What the app's processes use: now, and again and again until the signal aborts.
   *
   * @param every  In milliseconds; out of {@link PACE} it is moved to the nearest that is allowed.
   * @throws {TypeError} when it is no number.
   */
  watch(every: number, signal: AbortSignal): AsyncIterable<Figure>

  /** Opens the window of the node `gauge`, or brings it to the front. */
  showGauge(): Promise<void>
}

/** How often figures may be asked for, in milliseconds. */
export const PACE = { least: 100, most: 60_000 }

export interface Figure {
  /** When it was read, in milliseconds since 1970. */
  at: number
  processes: ProcessFigure[]
}

export interface ProcessFigure {
  pid: number
  /** As Chromium calls it: `Browser` is the main process, `Tab` a page; a helper may have a name of its own. */
  kind: string
  /** In bytes, what it shares with others included. */
  memory: number
  /** In percent of a processor, since somebody last asked. */
  cpu: number
}
