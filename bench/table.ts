import { type Result, type Score, medianOf, quantileOf, ratioIn } from './results.ts'

const WORDS = ['case', 'subject', 'unit']
const NONE = '–'

/**
 * A line for every case and subject, with space between the cases, and how they are to be read.
 *
 * @param references  The subjects that all are compared with.
 */
export function drawTable(results: readonly Result[], references: readonly string[]): string {
  const groups = results.map((result) =>
    result.scores.map((score) => listCells(result, score, references)),
  )
  const ratios = references.map((subject) => `× ${subject}`)
  const titles = ['case', 'subject', 'median', 'unit', ...ratios, 'middle half']
  const isWord = titles.map((title) => WORDS.includes(title))
  const [header = '', ...lines] = drawLines([titles, ...groups.flat()], isWord)
  const notes = results.flatMap(({ name, note }) => (note ? [`${name}: ${note}`] : []))
  return [
    header,
    ...groups.flatMap((group) => ['', ...lines.splice(0, group.length)]),
    '',
    '↓ Less is better. A ratio is the median of the ratios of every round.',
    ...notes,
  ].join('\n')
}

/** Columns as wide as they have to be: words begin where a column does, numbers end where it ends. */
export function drawLines(lines: readonly string[][], isWord: readonly boolean[]): string[] {
  const widths = isWord.map((_, at) => Math.max(...lines.map((cells) => cells[at]?.length ?? 0)))
  const pad = (cell: string, at: number): string =>
    isWord[at] ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)
  return lines.map((cells) => cells.map(pad).join('  ').trimEnd())
}

/** A number in at most as many digits as it is worth reading. */
export function formatNumber(value: number): string {
  const digits = value < 10 ? 1 : 0
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}

function listCells(
  result: Result,
  { subject, rounds }: Score,
  references: readonly string[],
): string[] {
  const { name, unit, isLessBetter } = result
  if (rounds.length === 0) return [name, subject, NONE, '', ...references.map(() => NONE), NONE]
  const ratioTo = (other: string): string => {
    const ratio = ratioIn(result, subject, other)
    return Number.isFinite(ratio) ? ratio.toFixed(2) : NONE
  }
  return [
    name,
    subject,
    formatNumber(medianOf(rounds)),
    isLessBetter ? `${unit} ↓` : unit,
    ...references.map(ratioTo),
    [0.25, 0.75].map((part) => formatNumber(quantileOf(rounds, part))).join(' … '),
  ]
}
