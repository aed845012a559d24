/** The link `hashes`, from the page's end: what it may ask of the indexer. */
export interface Hashes {
  /**
   * Hashes every file below a folder with SHA-256. Symbolic links are not followed; what cannot be
   * read is skipped. Aborting stops the work.
   *
   * @param folder  One that main permits, see `permits.ts`: its real path, which leads over no link.
   * @param askAbove  Files of more bytes than this are hashed only if the page says so.
   * @throws with code `NOT_PERMITTED`, `NO_FOLDER`, or `TOO_MANY` above {@link MAX_FILES}.
   */
  hashFolder(folder: string, askAbove: number, signal: AbortSignal): AsyncIterable<HashStep>

  /** Has the indexer die, in one of three ways. */
  die(how: Death): void
}

/** The other way on the same link: what the indexer may ask of the page while it works for it. */
export interface Curator {
  /** Whether a large file shall be hashed. */
  mayHash(file: LargeFile, signal: AbortSignal): Promise<boolean>
}

export type Death = 'crash' | 'throw' | 'exit'

/** The most files that are hashed at once. */
export const MAX_FILES = 200_000

/** How far the work is. A few of these come every second. */
export interface HashStep {
  /** What was found so far, without what was skipped. */
  found: Amount
  /** What of it is done. */
  done: Amount
  /** How many files and folders were skipped. */
  skipped: number
  /** What was done since the step before; of many the last few. */
  latest: HashedFile[]
  /** In the last step: the SHA-256 of the list of all hashes, which is in the format of `sha256sum`. */
  digest?: string
}

export interface Amount {
  files: number
  bytes: number
}

export interface HashedFile {
  /** Within the folder, with slashes. */
  path: string
  /** SHA-256 in hexadecimal. */
  hash?: string
  /** Why it was skipped, in words. */
  problem?: string
}

export interface LargeFile {
  path: string
  /** In bytes. */
  size: number
}
