import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeFolder, readTree } from '../folders.ts'
import { LAUNCHER, runBefore, runCli } from './run-cli.ts'

type Tree = ReturnType<typeof readTree>

const TOPOLOGY = ['--topology', 'worker-window']
const MINE = {
  'my-app/package.json': 'mine',
  'my-app/src/main/index.ts': 'mine',
  'my-app/notes.txt': 'notes',
}

/** The times of a run at which it is stopped, as parts of how long one takes. */
const MOMENTS = Array.from({ length: 50 }, (_, index) => (index + 0.5) / 50)

const complete = (args: string[], files: Record<string, string>): Tree => {
  const cwd = makeFolder(files)
  expect(runCli(['my-app', ...TOPOLOGY, ...args], { cwd }).status).toBe(0)
  return withoutOurs(readTree(cwd))
}

/** Without the temporary folders of killed runs, and with one name for every backup. */
function withoutOurs(tree: Tree): Tree {
  const entries = Object.entries(tree).map(([path, text]): [string, string | null] => [
    path.replace(/backup-[\d-]+T[\d-]+/, 'backup'),
    text,
  ])
  return Object.fromEntries(entries.filter(([path]) => !path.includes('.create-electron-ports-')))
}

/** Starts a run and sends it a signal after a while. Gives whether that ended it. */
async function interrupt(
  cwd: string,
  args: string[],
  signal: NodeJS.Signals,
  after: number,
): Promise<void> {
  const child = spawn(process.execPath, [LAUNCHER, 'my-app', ...TOPOLOGY, ...args], {
    cwd,
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  await delay(after)
  child.kill(signal)
  await ended
}

async function timeOfRun(): Promise<number> {
  const start = performance.now()
  await interrupt(makeFolder(), [], 'SIGWINCH', 0)
  return performance.now() - start
}

describe.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  '%s at fifty moments of a run',
  (signal) => {
    it('leaves a new folder out, or complete', async () => {
      const whole = complete([], {})
      const time = await timeOfRun()
      for (const moment of MOMENTS) {
        const cwd = makeFolder()
        await interrupt(cwd, [], signal, moment * time)
        const tree = readTree(cwd)
        // Nobody can clean up after a SIGKILL but the next run.
        expect([{}, whole]).toContainEqual(signal === 'SIGKILL' ? withoutOurs(tree) : tree)
      }
    }, 60_000)
  },
)

it('a run that is killed between any two moves is undone by the next, and loses nothing', () => {
  const before = withoutOurs(readTree(makeFolder(MINE)))
  const whole = complete(['--force'], MINE)
  const states: Tree[] = []
  const messages: string[] = []
  for (let move = 1; states.at(-1)?.['my-app/README.md'] === undefined; move++) {
    const cwd = makeFolder(MINE)
    const kill = runBefore(`
      import fs from 'node:fs'
      const rename = fs.rename
      let count = 0
      fs.rename = (...args) => {
        count += 1
        if (count === ${move}) process.kill(process.pid, 'SIGKILL')
        rename(...args)
      }`)
    runCli(['my-app', ...TOPOLOGY, '--force'], { cwd, nodeOptions: [kill] })
    // Refused, for the folder is in use; but it looks what is there first.
    messages.push(runCli(['my-app', ...TOPOLOGY], { cwd }).stderr)
    states.push(withoutOurs(readTree(cwd)))
  }
  expect(states.length).toBeGreaterThan(10)
  expect(states.at(-1)).toEqual(whole)
  for (const state of states.slice(0, -1)) expect(state).toEqual(before)
  for (const message of messages.slice(0, -1)) {
    expect(message).toMatch(/^A run that was killed had left ".+" between old and new:/)
  }
}, 180_000)

it('names what a run that was killed has left', () => {
  const cwd = makeFolder()
  const kill = runBefore(`
    import fs from 'node:fs'
    const rename = fs.renameSync
    fs.renameSync = (from, to) =>
      to.endsWith('my-app') ? process.kill(process.pid, 'SIGKILL') : rename(from, to)`)
  runCli(['my-app', ...TOPOLOGY], { cwd, nodeOptions: [kill] })
  expect(Object.keys(readTree(cwd))).toContainEqual(
    expect.stringMatching(/^\.create-electron-ports-my-app-[0-9a-f]{16}\/package\.json$/),
  )
  expect(runCli(['my-app', ...TOPOLOGY, '--dry-run'], { cwd }).stderr).toBe(
    `A run that was killed has left something in "${join(cwd, 'my-app')}": a run without --dry-run undoes it first.\n`,
  )
  const { status, stderr } = runCli(['my-app', ...TOPOLOGY], { cwd })
  expect(status).toBe(0)
  expect(stderr).toMatch(/^A run that was killed had left ".+": it is removed\.$/m)
  expect(withoutOurs(readTree(cwd))).toEqual(readTree(cwd))
})

it('two runs at once make one project, or none', async () => {
  const whole = complete([], {})
  for (let round = 0; round < 10; round++) {
    const cwd = makeFolder()
    const run = () => interrupt(cwd, [], 'SIGWINCH', 0)
    await Promise.all([run(), run(), run()])
    expect([{}, whole]).toContainEqual(readTree(cwd))
  }
}, 60_000)

describe.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('as root', () => {
  it('a disk that is full is left as it was, whenever that happens', () => {
    const before = { 'my-app': null, 'my-app/package.json': 'mine' }
    for (const size of [8, 40, 80, 120, 160]) {
      const cwd = makeFolder()
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}k`, 'tmpfs', cwd])
      onTestFinished(() => void execFileSync('umount', ['-l', cwd]))
      execFileSync('sh', ['-c', 'mkdir my-app && printf mine > my-app/package.json'], { cwd })
      const run = runCli(['my-app', ...TOPOLOGY, '--force'], { cwd })
      expect({ size, ...run }).toMatchObject({
        size,
        status: 1,
        stderr: expect.stringContaining('the disk is full. Nothing was left behind.'),
      })
      expect(readTree(cwd)).toEqual(before)
    }
  })
})

// Root may write everywhere.
describe.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('as a user', () => {
  it('a folder that may not be written to stays as it is', () => {
    const cwd = makeFolder()
    mkdirSync(join(cwd, 'closed'))
    chmodSync(join(cwd, 'closed'), 0o555)
    onTestFinished(() => rmSync(join(cwd, 'closed'), { recursive: true }))
    const run = runCli(['closed/my-app', ...TOPOLOGY], { cwd })
    expect(run.status).toBe(1)
    expect(run.stderr).toContain('permission denied. Nothing was left behind.')
  })
})
