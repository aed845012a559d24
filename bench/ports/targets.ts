import { type Result, ratioIn, valueIn } from '../results.ts'
import { drawLines, formatNumber } from '../table.ts'

/** A ratio that is meant to be reached. */
export interface Target {
  name: string
  /** Whether it is met by at most or by at least so much. */
  wanted: ['≤' | '≥', number]
  reached: number
  /** What was divided by what. */
  figures: string
}

/** What became of targets: figures of this run, met or missed. */
export function drawTargets(targets: readonly Target[]): string {
  const lines = targets.map(({ name, wanted: [sign, limit], reached, figures }) => {
    const isMet = sign === '≤' ? reached <= limit : reached >= limit
    const verdict = Number.isNaN(reached) ? 'not measured' : isMet ? 'met' : 'missed'
    return [name, `${sign} ${limit.toFixed(2)}`, reached.toFixed(2), figures, verdict]
  })
  const header = ['target', 'wanted', 'reached', 'of', '']
  return drawLines([header, ...lines], [true, false, false, true, true]).join('\n')
}

/** Those of the kernel. */
export function listTargets(results: readonly Result[]): Target[] {
  const find = (name: string): Result | undefined => results.find((result) => result.name === name)
  const [oneByOne, median, atOnce, stream] = [
    'call-sequential',
    'call-latency-p50',
    'call-1000',
    'stream',
  ].map(find)
  const oursAtOnce = valueIn(atOnce, 'ours')
  const rawOneByOne = valueIn(oneByOne, 'raw')
  return [
    {
      name: 'one call at a time: mean time, × raw',
      wanted: ['≤', 1.1],
      reached: ratioIn(oneByOne, 'raw', 'ours'),
      figures: divide(1e6 / valueIn(oneByOne, 'ours'), 1e6 / rawOneByOne, 'µs'),
    },
    {
      name: 'one call at a time: median time, × raw',
      wanted: ['≤', 1.1],
      reached: ratioIn(median, 'ours', 'raw'),
      figures: divide(valueIn(median, 'ours'), valueIn(median, 'raw'), 'µs'),
    },
    {
      name: '1000 calls at once: × raw one by one',
      wanted: ['≥', 4],
      reached: oursAtOnce / rawOneByOne,
      figures: divide(oursAtOnce, rawOneByOne, 'calls/s'),
    },
    {
      name: '1000 calls at once: × comlink',
      wanted: ['≥', 5],
      reached: ratioIn(atOnce, 'ours', 'comlink'),
      figures: divide(oursAtOnce, valueIn(atOnce, 'comlink'), 'calls/s'),
    },
    {
      name: 'a stream: × raw',
      wanted: ['≥', 0.8],
      reached: ratioIn(stream, 'ours', 'raw'),
      figures: divide(valueIn(stream, 'ours'), valueIn(stream, 'raw'), 'items/s'),
    },
  ]
}

export function divide(one: number, other: number, unit: string): string {
  return `${formatNumber(one)} ÷ ${formatNumber(other)} ${unit}`
}
