/** What all subjects made of a case. */
export interface Result {
  name: string
  unit: string
  isLessBetter: boolean
  scores: Score[]
}

export interface Score {
  subject: string
  /** The median of the rounds. Absent, like the next, where the library cannot do the case. */
  value?: number
  /** Between which values half of the rounds lie. */
  middleHalf?: [low: number, high: number]
}

const HEADER = ['case', 'subject', 'median', 'unit', '× raw', '× ours', 'middle half']
const NONE = '–'

/** A line for every case and subject, with space between the cases. */
export function drawTable(results: readonly Result[]): string {
  const groups = results.map((result) => result.scores.map((score) => listCells(result, score)))
  const all = [HEADER, ...groups.flat()]
  const widths = HEADER.map((_, at) => Math.max(...all.map((cells) => cells[at]?.length ?? 0)))
  const drawLine = (cells: string[]): string =>
    cells
      .map((cell, at) => pad(cell, at, widths[at] ?? 0))
      .join('  ')
      .trimEnd()

  return [
    drawLine(HEADER),
    ...groups.flatMap((lines) => ['', ...lines.map(drawLine)]),
    '',
    '↓ Less is better.',
  ].join('\n')
}

/** A number in at most as many digits as it is worth reading. */
export function formatNumber(value: number): string {
  const digits = value < 10 ? 1 : 0
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}

function listCells({ name, unit, isLessBetter, scores }: Result, score: Score): string[] {
  const { subject, value, middleHalf } = score
  if (value === undefined || !middleHalf) return [name, subject, NONE, '', NONE, NONE, NONE]
  const ratioTo = (other: string): string => {
    const base = scores.find((candidate) => candidate.subject === other)?.value
    return base ? (value / base).toFixed(2) : NONE
  }
  return [
    name,
    subject,
    formatNumber(value),
    isLessBetter ? `${unit} ↓` : unit,
    ratioTo('raw'),
    ratioTo('ours'),
    middleHalf.map(formatNumber).join(' … '),
  ]
}

/** Words begin where their column does, numbers end where it ends. */
function pad(cell: string, column: number, width: number): string {
  const isWord = ['case', 'subject', 'unit'].includes(HEADER[column] ?? '')
  return isWord ? cell.padEnd(width) : cell.padStart(width)
}
