import { toPrintableLines } from './printable.ts'

/** Says on stderr what the user should know at once, whoever chose the names in it. */
export function tell(text: string): void {
  console.error(toPrintableLines(text))
}
