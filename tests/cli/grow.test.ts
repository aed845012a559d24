import { execFileSync, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeFolder, readTree } from '../folders.ts'
import { LAUNCHER, runBefore, runCli } from './run-cli.ts'

const AUTHOR = { GIT_AUTHOR_NAME: 'Emma', GIT_AUTHOR_EMAIL: 'emma@example.org' }
const COMMITTER = { GIT_COMMITTER_NAME: 'Emma', GIT_COMMITTER_EMAIL: 'emma@example.org' }

const TOPOLOGIES = readdirSync('templates/topologies')

function git(cwd: string, ...args: string[]): void {
  execFileSync('git', args, {
    cwd,
    env: { ...process.env, ...AUTHOR, ...COMMITTER },
    stdio: 'pipe',
  })
}

/** A project `my-app` with a commit, made by these flags. */
function makeProject(...flags: string[]): string {
  const cwd = makeFolder()
  expect(runCli(['my-app', ...flags], { cwd })).toMatchObject({ status: 0, stderr: '' })
  const project = join(cwd, 'my-app')
  git(project, 'init', '--quiet')
  commit(project)
  return project
}

function commit(project: string): void {
  git(project, 'add', '--all')
  git(project, 'commit', '--quiet', '--allow-empty', '--message', 'Step')
}

/** Runs the command in a project, and commits what came of it. Gives what happened to which file. */
function run(project: string, ...args: string[]): Record<string, string> {
  const { status, stdout, stderr } = runCli([...args, '--json'], { cwd: project })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  commit(project)
  const { files } = JSON.parse(stdout) as { files: { path: string; outcome: string }[] }
  return Object.fromEntries(files.map(({ path, outcome }) => [path, outcome]))
}

/** The files of a project, without its repository. */
function filesOf(project: string): Record<string, string | null> {
  const entries = Object.entries(readTree(project)).filter(([path]) => !/^\.git(\/|$)/.test(path))
  return Object.fromEntries(entries)
}

function edit(project: string, path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(project, path), 'utf8')
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  writeFileSync(join(project, path), changed)
}

const read = (project: string, path: string): string => readFileSync(join(project, path), 'utf8')

describe('the command that made a project, with --force', () => {
  it.each([
    ['the same', ['-t', 'main-port']],
    ['with a topology more', ['-t', 'main-port,worker-window']],
  ])('says that add is the better way, %s', (_, flags) => {
    const project = makeProject('-t', 'main-port')
    edit(project, 'src/main/windows.ts', /^/, '// mine\n')
    const again = runCli(['.', ...flags, '--force', '--dry-run'], { cwd: project })
    expect(again.stdout).toContain('"npx create-electron-ports add" grows one')
  })
})

describe('a project that has grown', () => {
  it('is said to have its user’s code begin in these files, to a program too', () => {
    const project = makeProject('--node', 'search:utility-process')
    const add = (...flags: string[]) =>
      runCli(['add', 'link', 'find:app:search', '--dry-run', ...flags], { cwd: project }).stdout
    expect(add()).toContain(
      `
Next:
  Write your own for the link "find":
    src/contracts/find.ts             what may be asked
    src/utility/search/links/find.ts  how "search" answers
    src/renderer/app/links/find.ts    what "app" asks
`.trim(),
    )
    expect(JSON.parse(add('--json')).first).toMatchObject([{ what: 'link', name: 'find' }])
  })

  it.each([
    ['packaging', 'electron-builder.config.ts'],
    ['live', 'scripts/live.ts'],
  ])('equals one that was made at once, with and without %s', (feature, file) => {
    const [flag, without] = ['--topology=utility-process', `--no-${feature}`] as const
    const [whole, bare] = [makeProject(flag), makeProject(flag, without)]
    const [files, fewer] = [filesOf(whole), filesOf(bare)]
    expect(files).toHaveProperty([file])
    expect(fewer).not.toHaveProperty([file])
    run(bare, 'add', feature)
    expect(filesOf(bare)).toEqual(files)
    run(whole, 'remove', feature)
    expect(filesOf(whole)).toEqual(fewer)
  })

  it('equals one that was made at once, in whatever order it grew', () => {
    const flags = ['--topology', 'main-port,utility-process', '--node', 'search:utility-process']
    const whole = makeProject(...flags, '--link', 'find:app:search')
    const [one, other] = [makeProject('-t', 'main-port'), makeProject('-t', 'utility-process')]
    run(one, 'add', 'utility-process')
    run(one, 'add', 'node', 'search:utility-process')
    run(one, 'add', 'link', 'find:app:search')
    run(other, 'add', 'node', 'search:utility-process')
    run(other, 'add', 'link', 'find:app:search')
    run(other, 'add', 'main-port')
    expect(filesOf(one)).toEqual(filesOf(whole))
    expect(filesOf(other)).toEqual(filesOf(whole))
  })

  it('says that a topology comes without its demo where no topology has one', () => {
    const project = makeProject('-t', 'main-port', '--no-demos')
    const { stdout } = runCli(['add', 'worker-window', '--dry-run'], { cwd: project })
    expect(stdout).toContain('\nWithout its demo, for this project has none: worker-window.\n')
    run(project, 'add', 'worker-window')
    expect(filesOf(project)).toEqual(
      filesOf(makeProject('-t', 'main-port,worker-window', '--no-demos')),
    )
  })

  it.each([...TOPOLOGIES, 'main-port,worker-window', TOPOLOGIES.join(',')])(
    'is a skeleton when the demos go of %s, like one that was made so',
    (names) => {
      const project = makeProject('-t', names)
      run(project, 'remove', 'demos')
      expect(filesOf(project)).toEqual(filesOf(makeProject('-t', names, '--no-demos')))
    },
  )
})

describe('what its user has changed', () => {
  it('leaves no empty folder behind where the template has its files no more', () => {
    const project = makeProject('-t', 'main-port')
    run(project, 'remove', 'main-port')
    expect(filesOf(project)).not.toHaveProperty(['src/main/main-port'])
  })

  it('is shown by diff, and nothing else is', () => {
    const project = makeProject('-t', 'main-port')
    expect(runCli(['diff'], { cwd: project }).stdout).toBe(
      'Nothing is yours yet: the project is as its choices render it.\n',
    )
    edit(project, 'src/topology.ts', 'Data, no code.', 'Mine.')
    rmSync(join(project, 'README.md'))
    const { stdout } = runCli(['diff', '--project', project], { cwd: makeFolder() })
    expect(stdout).toContain('\nREADME.md: deleted\n'.trimStart())
    expect(stdout).toContain('- * Data, no code.\n+ * Mine.\n')
    expect(stdout).not.toContain('package.json')
  })
})

describe('refuses, and changes nothing', () => {
  it('a folder that is no project, and says how one tells', () => {
    const { status, stderr } = runCli(['add', 'main-port'], { cwd: makeFolder() })
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /^There is no project of create-electron-ports here: ".*electron-ports.json" could not be read \(it does not exist\)\. /,
    )
  })

  it('choices with a slip, by its name', () => {
    const project = makeProject('-t', 'main-port')
    edit(project, 'electron-ports.json', '"main-port"', '"main-prt"')
    const { status, stderr } = runCli(['update'], { cwd: project })
    expect({ status, stderr }).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Topology "main-prt" is unknown. Did you mean "main-port"?'),
    })
  })

  it.each([
    [['add', 'reply-stream'], '0.0.1', 'Bring the project here by update first'],
    [['remove', 'demos'], '0.0.1', 'npx create-electron-ports@0.0.1'],
    [['add', 'reply-stream'], '99.0.0', 'npx create-electron-ports@99.0.0'],
    [['update'], '99.0.0', 'npx create-electron-ports@99.0.0'],
    [['diff'], '99.0.0', 'npx create-electron-ports@99.0.0'],
  ])('%j of a project of version %s, and names what works', (args, version, way) => {
    const project = makeProject('-t', 'main-port')
    edit(project, 'electron-ports.json', /"version": ".*"/, `"version": "${version}"`)
    commit(project)
    const before = filesOf(project)
    const { status, stderr } = runCli(args, { cwd: project })
    expect(status).toBe(1)
    expect(stderr).toContain(way)
    expect(filesOf(project)).toEqual(before)
  })

  it('a file in which a conflict of an earlier run is not settled', () => {
    const project = makeProject('-t', 'main-port')
    edit(project, 'src/topology.ts', '  // Yours from here on.', '<<<<<<< yours')
    commit(project)
    expect(runCli(['add', 'reply-stream'], { cwd: project })).toEqual({
      status: 1,
      stdout: '',
      stderr:
        '"src/topology.ts" has a conflict of an earlier run in it: look for "<<<<<<<". Settle that first.\n',
    })
  })

  it('a link in the way of what it would write', () => {
    const project = makeProject('-t', 'main-port')
    const outside = makeFolder({ 'lines.ts': 'not yours' })
    renameSync(join(project, 'src/contracts'), join(outside, 'contracts'))
    execFileSync('ln', ['-s', join(outside, 'contracts'), join(project, 'src/contracts')])
    commit(project)
    const { status, stderr } = runCli(['add', 'reply-stream'], { cwd: project })
    expect(status).toBe(1)
    expect(stderr).toContain('is a link, and in the way of')
    expect(Object.keys(readTree(outside))).toEqual(['contracts', 'contracts/files.ts', 'lines.ts'])
  })

  it('in a dry run, which says what would happen', () => {
    const project = makeProject('-t', 'main-port')
    const before = filesOf(project)
    const { status, stdout } = runCli(['add', 'reply-stream', '--dry-run'], { cwd: project })
    expect(status).toBe(0)
    expect(stdout).toContain('Would change:\n  src/contracts/lines.ts: new\n')
    expect(stdout).toContain('  src/topology.ts: replaced\n')
    const { stdout: lines } = runCli(['add', 'reply-stream', '--dry-run', '--diff'], {
      cwd: project,
    })
    expect(lines).toContain("\n+import * as replyStream from './demos/reply-stream'\n")
    expect(filesOf(project)).toEqual(before)
  })
})

it('keeps the files as they were in a backup when --force goes on without a clean tree', () => {
  const project = makeProject('-t', 'main-port')
  edit(project, 'src/topology.ts', 'Data, no code.', 'Mine.')
  const before = filesOf(project)
  const { status, stdout } = runCli(['add', 'reply-stream', '--force', '--json'], { cwd: project })
  expect(status).toBe(0)
  const { backup } = JSON.parse(stdout)
  expect(filesOf(project)[`${backup}/src/topology.ts`]).toBe(before['src/topology.ts'])
})

it('says that nothing changes when it is as new', () => {
  const project = makeProject('-t', 'main-port')
  expect(runCli(['update'], { cwd: project })).toMatchObject({
    status: 0,
    stdout: 'Nothing changes: the project is as its choices render it.\n',
  })
})

it('puts a run back that was killed in the middle, before the next goes on', () => {
  const project = makeProject('-t', 'main-port')
  const before = filesOf(project)
  const kill = runBefore(`
    import fs from 'node:fs'
    const rename = fs.rename
    fs.rename = (from, to, done) =>
      from.includes('new') ? process.kill(process.pid, 'SIGKILL') : rename(from, to, done)`)
  spawnSync(process.execPath, [kill, LAUNCHER, 'add', 'reply-stream'], { cwd: project })
  expect(filesOf(project)).not.toEqual(before)
  const { status, stderr } = runCli(['add', 'reply-stream'], { cwd: project })
  expect(status).toBe(0)
  expect(stderr).toContain('everything is put back as it was before')
})

it('brings a project of another version to this one, by what that one rendered', () => {
  const project = makeProject('-t', 'main-port')
  const old = join(makeFolder(), 'old')
  edit(project, 'electron-ports.json', /"version": ".*"/, '"version": "0.0.1"')
  edit(project, 'src/main/index.ts', 'registerScheme()\n', 'registerScheme() // of old\n')
  cpSync(project, old, { recursive: true })
  rmSync(join(old, '.git'), { recursive: true })
  appendFileSync(join(project, 'src/topology.ts'), '// mine\n')
  commit(project)
  expect(run(project, 'update', '--base', old)).toEqual({
    'electron-ports.json': 'replaced',
    'src/main/index.ts': 'replaced',
  })
  expect(read(project, 'src/main/index.ts')).not.toContain('of old')
  expect(read(project, 'src/topology.ts')).toContain('// mine')
})

describe.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('as root', () => {
  it('leaves a project as it was on a disk that is full, whenever that happens', () => {
    const disk = makeFolder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk])
    onTestFinished(() => void execFileSync('umount', ['-l', disk]))
    cpSync(makeProject('-t', 'main-port'), join(disk, 'my-app'), { recursive: true })
    const project = join(disk, 'my-app')
    const before = readTree(project)
    const used = Number.parseInt(execFileSync('du', ['-sk', disk], { encoding: 'utf8' }), 10)
    for (const free of [8, 24, 48]) {
      execFileSync('mount', ['-o', `remount,size=${used + free}k`, disk])
      expect({ free, ...runCli(['add', 'reply-stream'], { cwd: project }) }).toMatchObject({
        free,
        status: 1,
        stderr: expect.stringContaining('the disk is full. Nothing was left behind.'),
      })
      expect(readTree(project)).toEqual(before)
    }
  })
})
