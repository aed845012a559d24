import { type Result, type Score, formatNumber } from './table.ts'

const COLUMNS = 2
const PANEL = { width: 380, gap: 24, title: 30, line: 20 }
const LABEL = 96
const BAR = 200

const STYLE = `
    text { font: 12px system-ui, sans-serif; fill: #444 }
    .title { font-weight: 600; fill: #111 }
    .page { fill: #fff }
    .bar { fill: #b4bcc8 }
    .ours .bar { fill: #2a6fdb }
    .ours text { font-weight: 600; fill: #111 }
    @media (prefers-color-scheme: dark) {
      text { fill: #bbb }
      .title, .ours text { fill: #eee }
      .page { fill: #16181d }
      .bar { fill: #525a68 }
      .ours .bar { fill: #6aa5ff }
    }
  `

/** A panel of bars for every case, in light and dark. */
export function drawChart(results: readonly Result[]): string {
  const lines = Math.max(...results.map(({ scores }) => scores.length))
  const height = PANEL.title + lines * PANEL.line + PANEL.gap
  const rows = Math.ceil(results.length / COLUMNS)
  const size = [COLUMNS * (PANEL.width + PANEL.gap) + PANEL.gap, rows * height + PANEL.gap] as const
  const panels = results.map((result, at) => {
    const x = PANEL.gap + (at % COLUMNS) * (PANEL.width + PANEL.gap)
    const y = PANEL.gap + Math.floor(at / COLUMNS) * height
    return `  <g transform="translate(${x} ${y})">\n${drawPanel(result)}\n  </g>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size[0]} ${size[1]}" width="${size[0]}" height="${size[1]}">`,
    `  <title>Calls and streams over a port between two threads</title>`,
    `  <style>${STYLE}</style>`,
    `  <rect class="page" width="100%" height="100%"/>`,
    ...panels,
    '</svg>\n',
  ].join('\n')
}

function drawPanel({ name, unit, isLessBetter, scores }: Result): string {
  const most = Math.max(...scores.map(({ value = 0 }) => value))
  const title = `${name}, ${unit}${isLessBetter ? ' (less is better)' : ''}`
  return [
    `    <text class="title" y="12">${title}</text>`,
    ...scores.map((score, at) => drawBar(score, PANEL.title + at * PANEL.line, most)),
  ].join('\n')
}

function drawBar({ subject, value }: Score, y: number, most: number): string {
  const width = value === undefined ? 0 : Math.max(1, Math.round((BAR * value) / most))
  const figure = value === undefined ? '–' : formatNumber(value)
  return [
    `    <g class="${subject}">`,
    `      <text x="${LABEL - 8}" y="${y + 4}" text-anchor="end">${subject}</text>`,
    `      <rect class="bar" x="${LABEL}" y="${y - 6}" width="${width}" height="12" rx="2"/>`,
    `      <text x="${LABEL + width + 6}" y="${y + 4}">${figure}</text>`,
    '    </g>',
  ].join('\n')
}
