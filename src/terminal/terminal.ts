import { Help } from 'commander'

/** How many columns there are; where there is no terminal, a line may be as long as it likes. */
export function terminalWidth(): number {
  return process.stdout.columns || Infinity
}

/** Breaks a text between its words, into lines of at most `width` columns. */
export function wrapText(text: string, width: number): string[] {
  const help = Object.assign(new Help(), { minWidthToWrap: 0 })
  return help.boxWrap(text, width).split('\n')
}

/** A line that belongs to the one above. */
export function indent(line: string): string {
  return `  ${line}`
}

/** The names below each other, and beside each what there is to say of it. */
export function drawTable(rows: { name: string; text: string }[], width: number): string[] {
  const column = Math.max(...rows.map(({ name }) => name.length)) + 2
  return rows.flatMap(({ name, text }) => {
    const [first = '', ...more] = wrapText(text, width - column)
    return [name.padEnd(column) + first, ...more.map((line) => ' '.repeat(column) + line)]
  })
}
