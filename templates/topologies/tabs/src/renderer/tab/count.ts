/** How often a text is in another, in capital letters or small ones. Where it is empty, it is not. */
export function countIn(text: string, wanted: string): number {
  if (wanted === '') return 0
  return text.toLowerCase().split(wanted.toLowerCase()).length - 1
}

/** How many words a text has. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0
}

/** What a note is called: its first line that is not empty. */
export function titleOf(text: string): string {
  return text.trim().split('\n', 1)[0]?.trim().slice(0, 60) || 'New note'
}
