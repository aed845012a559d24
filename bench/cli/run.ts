import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Result, listRows } from '../results.ts'
import { drawTable } from '../table.ts'
import { type Subject, absent, subjects } from './subjects.ts'

const repository = process.cwd()
const measurePath = join(repository, 'bench/cli/measure.py')

/** What a run took. */
interface Run {
  status: number
  ms: number
  mb: number
}

/** A subject that is installed in a folder of its own. */
interface Installed extends Subject {
  folder: string
  /** The file that npm's link points to: a package manager is not in question here. */
  binPath: string
}

const { json, rounds = '20' } = parseArgs({
  options: { json: { type: 'string' }, rounds: { type: 'string' } },
}).values
const root = mkdtempSync(join(tmpdir(), 'bench-cli-'))
const rootInRam = existsSync('/dev/shm') ? mkdtempSync('/dev/shm/bench-cli-') : undefined
try {
  const results = measureAll(subjects.map(install), Number(rounds))
  console.log(`Node ${process.version}, paired runs, no terminal, no install\n`)
  console.log(drawTable(results, ['create-vite', 'ours']))
  console.log(`\nNot measured:\n${absent.join('\n')}`)
  if (json) writeFileSync(json, `${JSON.stringify({ rows: listRows(results) }, null, 2)}\n`)
} finally {
  for (const folder of [root, rootInRam])
    if (folder) rmSync(folder, { recursive: true, force: true })
}

function install(subject: Subject): Installed {
  console.error(`Installing ${subject.name} …`)
  const folder = join(root, subject.name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{}')
  const spec = subject.packageSpec ?? packOurs(folder)
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent']
  execFileSync('npm', ['install', ...flags, spec], { cwd: folder, stdio: 'inherit' })
  return { ...subject, folder, binPath: join(folder, 'node_modules/.bin', subject.bin) }
}

function packOurs(folder: string): string {
  const flags = ['--silent', '--pack-destination', folder]
  return join(
    folder,
    execFileSync('npm', ['pack', ...flags])
      .toString()
      .trim()
      .split('\n')
      .at(-1) ?? '',
  )
}

/**
 * The subjects take turns, each round from another one on: a machine has its moods. What they make stays
 * until the end, and is made in RAM as well: after files were deleted, ext4 is slow to make new ones for
 * minutes, and charges it to who makes most.
 */
function measureAll(installed: Installed[], count: number): Result[] {
  const cases = {
    scaffold: newResult('scaffold', 'ms', installed),
    scaffoldInRam: newResult('scaffold in RAM', 'ms', installed),
    help: newResult('help', 'ms', installed),
    memory: newResult('memory', 'MB', installed),
    size: newResult('installed', 'kB', installed),
    files: { ...newResult('files', 'files', installed), isLessBetter: false },
  }
  for (let round = -1; round < count; round++) {
    console.error(round < 0 ? 'Warming up …' : `Round ${round + 1} of ${count} …`)
    for (let turn = 0; turn < installed.length; turn++) {
      const index = (Math.max(round, 0) + turn) % installed.length
      const subject = installed[index] as Installed
      const cwd = mkdtempSync(join(root, 'work-'))
      const made = run(subject, cwd, subject.scaffold)
      const madeInRam =
        rootInRam && run(subject, mkdtempSync(join(rootInRam, 'work-')), subject.scaffold)
      const helped = run(subject, cwd, ['--help'])
      const files = countFiles(join(cwd, 'my-app'))
      if (files === 0) throw new Error(`${subject.name} made nothing.`)
      if (round < 0) continue
      cases.scaffold.scores[index]?.rounds.push(made.ms)
      if (madeInRam) cases.scaffoldInRam.scores[index]?.rounds.push(madeInRam.ms)
      cases.help.scores[index]?.rounds.push(helped.ms)
      cases.memory.scores[index]?.rounds.push(made.mb)
      cases.files.scores[index]?.rounds.push(files)
    }
  }
  for (const [index, { folder }] of installed.entries()) {
    cases.size.scores[index]?.rounds.push(sizeOf(join(folder, 'node_modules')) / 1000)
  }
  return Object.values(cases)
}

function newResult(name: string, unit: string, installed: Installed[]): Result {
  const scores = installed.map((subject) => ({
    subject: subject.name,
    isConcerned: true,
    rounds: [],
  }))
  return { name, unit, isLessBetter: true, note: undefined, scores }
}

function run({ name, binPath }: Installed, cwd: string, args: string[]): Run {
  const command = [measurePath, cwd, process.execPath, binPath, ...args]
  const taken: Run = JSON.parse(execFileSync('python3', command).toString())
  if (taken.status !== 0) throw new Error(`${name} ${args.join(' ')} failed.`)
  return taken
}

function countFiles(folder: string): number {
  return listFiles(folder).length
}

/** In bytes. */
function sizeOf(folder: string): number {
  return listFiles(folder).reduce((sum, path) => sum + statSync(path).size, 0)
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
