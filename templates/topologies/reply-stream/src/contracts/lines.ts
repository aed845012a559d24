/** The link `lines`: what the page may ask of the main process. */
export interface Lines {
  /**
   * Has the user choose a file; undefined when they would rather not. The page may read what was
   * chosen, and nothing else.
   */
  choose(): Promise<OpenedFile | undefined>

  /**
   * Makes a log to try this with: progress first, the file last. It replaces the one before, and is
   * deleted when the app quits. Leaving the stream early deletes it at once.
   *
   * @param megabytes  A whole number, 1 to {@link MAX_SAMPLE_MB}.
   */
  makeSample(megabytes: number, signal: AbortSignal): AsyncIterable<SampleStep>

  /**
   * Reads a file from its beginning to its end, never further ahead than the stream's credit.
   *
   * @param file  The `id` of an opened file.
   * @throws with a code: `NOT_A_FILE`; `TRUNCATED` when the file becomes shorter meanwhile; or what the
   *   system says, such as `ENOENT`, `EACCES`, `EIO`.
   */
  read(file: string, options: ReadOptions, signal: AbortSignal): AsyncIterable<LineBatch>

  /** How far main has read a file the last time, and how much memory main takes. */
  figures(file: string): Promise<Figures>
}

/** The largest sample, in millions of bytes. */
export const MAX_SAMPLE_MB = 1000

/** The longest text to search for, in UTF-16 code units. */
export const MAX_SEARCH = 200

export interface OpenedFile {
  /** Names the file from now on. The page never learns its path. */
  id: string
  name: string
  /** In bytes. */
  size: number
}

export type SampleStep =
  /** How much of it is written, from 0 to 1. */
  { kind: 'progress'; done: number } | { kind: 'file'; file: OpenedFile }

export interface ReadOptions {
  /** Only lines with this text, in upper or lower case; a cut line is searched as it is shown. Empty: all lines. */
  search: string
}

/** Some lines in a row: one item of the stream, well below 60 KiB. It has none where nothing matches. */
export interface LineBatch {
  lines: Line[]
  /** How many lines of the file were read up to here, wanted or not. */
  linesRead: number
  /** How many bytes of the file were read by then. */
  bytesRead: number
}

export interface Line {
  /** Its place in the file, from 1. */
  number: number
  /** Without its end. What is no UTF-8 is replaced; a very long line is cut, and ends in "…" then. */
  text: string
}

export interface Figures {
  /** In bytes. */
  bytesRead: number
  /** What main takes of the computer's memory, in bytes. */
  memory: number
}

/** Finds `search` as it stands, in upper or lower case. */
export function toPattern(search: string, flags = ''): RegExp {
  return new RegExp(search.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), `iu${flags}`)
}
