/** What is said on the link `files`: what the page may ask of the main process. */
export interface Files {
  /** Lets the user choose a folder. From then on the page may look into it, and into no other. */
  chooseFolder(): Promise<Folder | undefined>
  /** The same for the folder of this app, which needs no choice. */
  openAppFolder(): Promise<Folder>
  /**
   * What is in a folder, at most {@link MAX_ENTRIES} entries.
   *
   * @param path  Relative to the folder that was chosen; '' is that folder itself.
   */
  list(path: string): Promise<Listing>
  /** The state of a file, now and whenever it changes. */
  watchFile(path: string, signal: AbortSignal): AsyncIterable<FileState>
  /** How busy the computer is, every so many milliseconds. */
  watchSystem(every: number, signal: AbortSignal): AsyncIterable<SystemFigures>
}

export const MAX_ENTRIES = 1000

export interface Folder {
  /** For the user to see; the page cannot use it. */
  path: string
}

export interface Listing {
  entries: Entry[]
  /** How many there are, shown or not. */
  count: number
}

export interface Entry {
  name: string
  kind: 'folder' | 'file' | 'other'
}

export type FileState =
  | {
      /** In bytes. */
      size: number
      /** In milliseconds since 1970. */
      modified: number
      /** How it begins; empty for a file that is no text. */
      text: string
      isText: boolean
    }
  /** Why it cannot be read at the moment. */
  | { problem: string }

export interface SystemFigures {
  /** How much of all processors was used since the last figures: 0 … 1. */
  processors: number
  /** In bytes. */
  usedMemory: number
  totalMemory: number
  /** Of the main process, in bytes. */
  mainMemory: number
}

/** What is said on the port that the page makes itself: plain messages, each answered by one. */
export type Knock = { sentAt: number }
export type Answer = { sentAt: number; hearers: number }
