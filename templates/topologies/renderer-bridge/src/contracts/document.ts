/**
 * The link `document`, from the editor to the preview. The editor owns the text and tells of each edit. The
 * preview keeps a copy, for an editor that comes back, and asks the editor when its reader ticks a task.
 */

/** What the editor may ask of the preview. */
export interface Preview {
  /** The text the preview has a copy of, in parts; none when it has never had one. */
  held(): AsyncIterable<string>

  /** The text has changed. Edits count from the text that the ones before have made. */
  edit(edit: Edit): void

  /** The editor was scrolled to `place`: 0 is the top, 1 the end. */
  scroll(place: number): void

  /** Answers at once, after all that was sent before. */
  ping(): Promise<void>
}

/** What the preview may ask of the editor, which believes nothing of it unseen. */
export interface Editor {
  /**
   * Ticks a task, or clears it.
   *
   * @param line  Counted from 0.
   * @param source  The whole line, as the preview knows it.
   * @throws with code `CHANGED` when the line is another by now, or no task.
   */
  tick(line: number, source: string, isDone: boolean): Promise<void>

  /** The preview was scrolled to `place`: 0 is the top, 1 the end. */
  scroll(place: number): void
}

/** Replaces `removed` characters at the place `at` by others. */
export interface Edit {
  at: number
  removed: number
  inserted: string
}

/** The longest text, in characters. */
export const MAX_CHARACTERS = 2_000_000
