import type { Place } from './place.ts'
import { type Result, type Score, medianOf } from '../results.ts'
import { formatNumber } from '../table.ts'

const COLUMNS = 2
const PANEL = { width: 380, gap: 24, title: 30, line: 20 }
const HEADING = 28
const LABEL = 96
const BAR = 200

const STYLE = `
    text { font: 12px system-ui, sans-serif; fill: #444 }
    .heading { font-size: 14px }
    .heading, .title { font-weight: 600; fill: #111 }
    .page { fill: #fff }
    .bar { fill: #b4bcc8 }
    .ours .bar { fill: #2a6fdb }
    .ours text { font-weight: 600; fill: #111 }
    @media (prefers-color-scheme: dark) {
      text { fill: #bbb }
      .heading, .title, .ours text { fill: #eee }
      .page { fill: #16181d }
      .bar { fill: #525a68 }
      .ours .bar { fill: #6aa5ff }
    }
  `

/** A panel of bars for every case, in light and dark. */
export function drawChart(all: readonly Result[], { name, engine }: Place): string {
  const heading = `Calls and streams over a port between ${name}, ${engine}`
  const results = all.map((result) => ({
    ...result,
    scores: result.scores.filter(({ isConcerned }) => isConcerned),
  }))
  const panels: string[] = []
  let y = PANEL.gap + HEADING
  for (let at = 0; at < results.length; at += COLUMNS) {
    const row = results.slice(at, at + COLUMNS)
    for (const [column, result] of row.entries()) {
      const x = PANEL.gap + column * (PANEL.width + PANEL.gap)
      panels.push(`  <g transform="translate(${x} ${y})">\n${drawPanel(result)}\n  </g>`)
    }
    y += PANEL.title + Math.max(...row.map(({ scores }) => scores.length)) * PANEL.line + PANEL.gap
  }
  const width = COLUMNS * (PANEL.width + PANEL.gap) + PANEL.gap
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}">`,
    `  <title>${heading}</title>`,
    `  <style>${STYLE}</style>`,
    `  <rect class="page" width="100%" height="100%"/>`,
    `  <text class="heading" x="${PANEL.gap}" y="${PANEL.gap + 8}">${heading}</text>`,
    ...panels,
    '</svg>\n',
  ].join('\n')
}

function drawPanel({ name, unit, isLessBetter, scores }: Result): string {
  const most = Math.max(...scores.map(({ rounds }) => medianOf(rounds) || 0))
  const reading = isLessBetter ? 'shorter is better' : 'longer is better'
  return [
    `    <text y="12"><tspan class="title">${name}</tspan>, ${unit}: ${reading}</text>`,
    ...scores.map((score, at) => drawBar(score, PANEL.title + at * PANEL.line, most)),
  ].join('\n')
}

function drawBar({ subject, rounds }: Score, y: number, most: number): string {
  const value = medianOf(rounds)
  const isNone = Number.isNaN(value)
  const width = isNone ? 0 : Math.max(1, Math.round((BAR * value) / most))
  return [
    `    <g class="${subject}">`,
    `      <text x="${LABEL - 8}" y="${y + 4}" text-anchor="end">${subject}</text>`,
    `      <rect class="bar" x="${LABEL}" y="${y - 6}" width="${width}" height="12" rx="2"/>`,
    `      <text x="${LABEL + width + 6}" y="${y + 4}">${isNone ? '–' : formatNumber(value)}</text>`,
    '    </g>',
  ].join('\n')
}
