/** The link `note-page`, from the page of a window to each note in it. It is another one when the note moves. */

/** What the page of the window may ask of a note. */
export interface NotePage {
  /** How often a text is in the note, in capital letters or small ones. */
  count(text: string): Promise<number>
}

/** What a note may tell the page of its window. */
export interface NoteHost {
  /** The note has that many words: told at once, and after each edit. */
  words(count: number): void
}
