import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Result, listRows } from '../results.ts'
import { drawTable } from '../table.ts'
import { type StartUp, measureStart } from './measure.ts'
import { type Subject, subjects } from './subjects.ts'

const REFERENCE = 'create-electron'

const {
  json,
  rounds = '30',
  apps,
} = parseArgs({
  options: { json: { type: 'string' }, rounds: { type: 'string' }, apps: { type: 'string' } },
}).values
const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH']
if (!dist || process.platform !== 'linux') {
  console.error('Set ELECTRON_OVERRIDE_DIST_PATH to the folder of an Electron, on Linux.')
  process.exit(2)
}

/** `--apps FOLDER` keeps the apps there, and measures those that are there already. */
const root = apps ? resolve(apps) : mkdtempSync(join(tmpdir(), 'bench-start-up-'))
try {
  const electronDist = join(root, 'electron')
  const ofTests = join(resolve(dist), 'resources/app') // the launcher of our tests
  if (!existsSync(electronDist)) {
    cpSync(resolve(dist), electronDist, { recursive: true, filter: (path) => path !== ofTests })
  }
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = electronDist
  const programs = subjects.map((subject) => make(subject, electronDist))
  const results = toResults(await measureAll(programs, Number(rounds)))
  console.log(`Packed apps, each start with a new profile, paired\n`)
  console.log(drawTable(results, [REFERENCE]))
  if (json) writeFileSync(json, `${JSON.stringify({ rows: listRows(results) }, null, 2)}\n`)
} finally {
  if (!apps) rmSync(root, { recursive: true, force: true })
}

function make(subject: Subject, electronDist: string): string {
  const folder = join(root, subject.name.replaceAll(' ', '-'))
  const program = join(folder, 'my-app/dist/linux-unpacked/my-app')
  if (existsSync(program)) return program
  console.error(`Making ${subject.name} …`)
  mkdirSync(folder, { recursive: true })
  subject.make(folder, electronDist)
  if (!existsSync(program)) throw new Error(`There is no "${program}".`)
  return program
}

/** The subjects take turns, each round from another one on: a machine has its moods. The first round does not count. */
async function measureAll(programs: string[], count: number): Promise<StartUp[][]> {
  const starts: StartUp[][] = subjects.map(() => [])
  for (let round = 0; round <= count; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const at = (turn + round) % subjects.length
      const start = await measureStart(programs[at] ?? '', subjects[at]?.hasLink ?? false)
      if (round > 0) starts[at]?.push(start)
    }
  }
  return starts
}

/** Where there is no link, what a user waits for is the first paint. */
function toResults(starts: StartUp[][]): Result[] {
  const toResult = (name: string, read: (start: StartUp) => number, note?: string): Result => ({
    name,
    unit: 'ms',
    isLessBetter: true,
    note,
    scores: subjects.map(({ name: subject }, at) => ({
      subject,
      isConcerned: true,
      rounds: (starts[at] ?? []).map(read),
    })),
  })
  return [
    toResult('first paint', ({ paint }) => paint),
    toResult('painted, and a link connected', ({ paint, link = 0 }) => Math.max(paint, link)),
    toResult(
      'CPU time until then',
      ({ cpu }) => cpu,
      'of all processes; it depends less on what else runs.',
    ),
  ]
}
