import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeFolder } from '../folders.ts'

const ALL = ['raw', 'ours', 'comlink', 'birpc', 'capnweb', 'async-call-rpc', 'orpc']
const STREAMING = ['raw', 'ours', 'capnweb', 'async-call-rpc', 'orpc']

function runBench(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['bench/ports/start.js', ...args], { encoding: 'utf8' })
}

it('measures every subject in every case that it can do', () => {
  const folder = makeFolder()
  const files = { json: join(folder, 'rows.json'), svg: join(folder, 'chart.svg') }
  const { status, stdout } = runBench('--quick', '--json', files.json, '--svg', files.svg)
  expect(status).toBe(0)

  const { rows } = JSON.parse(readFileSync(files.json, 'utf8')) as { rows: Row[] }
  expect(rows.map(({ case: name, subject, unit }) => `${name} ${subject} ${unit}`)).toEqual([
    ...ALL.map((subject) => `call-sequential ${subject} calls/s`),
    ...ALL.map((subject) => `call-latency-p50 ${subject} µs`),
    ...ALL.map((subject) => `call-1000 ${subject} calls/s`),
    ...ALL.map((subject) => `payload-64k ${subject} calls/s`),
    ...ALL.map((subject) => `payload-1m ${subject} calls/s`),
    ...STREAMING.map((subject) => `stream ${subject} items/s`),
    ...['raw', 'ours'].map((subject) => `stream-usual-credit ${subject} items/s`),
    ...STREAMING.map((subject) => `stream-slow ${subject} MB`),
  ])
  expect(rows.filter(({ value }) => !Number.isFinite(value))).toEqual([])
  expect(stdout).toMatch(/^stream +comlink +– +– +– +–$/m)
  expect(stdout).toMatch(/^a stream: × raw +≥ 0\.80 +[\d.]+ +\S+ ÷ \S+ items\/s +(met|missed)$/m)
  expect(readFileSync(files.svg, 'utf8')).toContain('prefers-color-scheme: dark')
})

it.each([
  [['--fast'], `Unknown option '--fast'`],
  [['--json'], `Option '--json <value>' argument missing`],
  [['stream'], `Unexpected argument 'stream'`],
])('exits with 2 and says why for %j', (args, reason) => {
  expect(runBench(...args)).toMatchObject({
    status: 2,
    stdout: '',
    stderr: `${reason}: the bench takes --electron, --json FILE, --svg FILE and --quick.\n`,
  })
})

interface Row {
  case: string
  subject: string
  value: number
  unit: string
}
