/** The link `overview`, from the first window to the hub. */
export interface Overviews {
  /** How things are, and again some times a second while that changes. Never ends by itself. */
  watch(signal: AbortSignal): AsyncIterable<Overview>
}

export interface Overview {
  revision: number
  /** Of the whole text, in characters. */
  length: number
  /** How the text begins. */
  beginning: string
  /** All who have written or looked on, in the order in which they came. */
  authors: Author[]
}

export interface Author {
  key: string
  /** Whether its window is open. */
  isHere: boolean
  /** How many changes it has made. */
  edits: number
  /** Whether it has something to undo, which outlives its window. */
  canUndo: boolean
}
