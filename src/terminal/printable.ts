/**
 * What a terminal obeys instead of showing it, C1 characters among them, and what draws a line in another
 * order than it is written in.
 */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu

/** `text` as one line that a terminal shows and does not obey, whoever wrote it. */
export function toPrintable(text: string): string {
  return text.replace(UNPRINTABLE, escape)
}

/** The same of a text of several lines. */
export function toPrintableLines(text: string): string {
  return text.split('\n').map(toPrintable).join('\n')
}

export function isPrintable(text: string): boolean {
  return toPrintable(text) === text
}

/** As JSON in which nothing is left that is not shown. */
export function toPrintableJson(value: unknown): string {
  const lines = JSON.stringify(value, null, 2).split('\n')
  return lines.map((line) => line.replace(UNPRINTABLE, escapeForJson)).join('\n')
}

function escape(character: string): string {
  const code = codeOf(character)
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code}`
}

function escapeForJson(character: string): string {
  return `\\u${codeOf(character).padStart(4, '0')}`
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16)
}
