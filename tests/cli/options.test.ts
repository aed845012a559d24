import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, vi } from 'vitest'
import { version } from '../../package.json'
import { makeFolder, readTree } from '../folders.ts'
import { installIn } from './install-in.ts'
import { A_KNOWN_GIT, AN_UNKNOWN_GIT } from './known-git.ts'
import { LAUNCHER, runCli } from './run-cli.ts'

const TOPOLOGY = ['--topology', 'worker-window']

describe('--dry-run', () => {
  it('shows what would be written, and writes nothing', () => {
    const cwd = makeFolder()
    const { status, stdout } = runCli(['my-app', ...TOPOLOGY, '--dry-run'], { cwd })
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Would create my-app: \d+ files/)
    expect(stdout).toMatch(/^ {2}src\/\n {4}contracts\/\n {6}jobs\.ts {2}\d/m)
    expect(readTree(cwd)).toEqual({})
  })

  it('refuses what the real run would refuse', () => {
    const cwd = makeFolder({ 'my-app/package.json': '{}' })
    expect(runCli(['my-app', ...TOPOLOGY, '--dry-run'], { cwd }).status).toBe(1)
  })
})

describe('--json', () => {
  it('prints one object about the project that was made', () => {
    const cwd = makeFolder()
    const { stdout, stderr } = runCli(['my-app', ...TOPOLOGY, '--json'], { cwd })
    const result = JSON.parse(stdout)
    expect(stderr).toBe('')
    expect(result).toMatchObject({
      success: true,
      dryRun: false,
      path: join(cwd, 'my-app'),
      command: `npm create electron-ports@${version} my-app -- ${TOPOLOGY.join(' ')}`,
      next: ['cd my-app', 'npm install', 'npm run dev'],
      elapsedMs: expect.any(Number),
    })
    const written = Object.entries(readTree(join(cwd, 'my-app'))).flatMap(([path, text]) =>
      text === null ? [] : [{ path, bytes: text.length }],
    )
    expect(result.files).toHaveLength(written.length)
    expect(result.files).toEqual(expect.arrayContaining(written))
  })

  it.each([
    { args: ['my-app'], status: 2, code: 'usage' },
    { args: ['my-app', '--zebra'], status: 2, code: 'usage' },
    { args: ['used', ...TOPOLOGY], status: 1, code: 'folder-not-empty' },
  ])('prints one object about what went wrong with $args', ({ args, status, code }) => {
    const cwd = makeFolder({ 'used/notes.txt': '' })
    const run = runCli([...args, '--json'], { cwd })
    expect(run.status).toBe(status)
    expect(JSON.parse(run.stdout)).toEqual({
      success: false,
      error: { code, message: run.stderr.trimEnd() },
    })
  })
})

describe('--yes', () => {
  it('makes the project that Enter at every question makes', () => {
    const cwd = makeFolder()
    expect(runCli(['--yes', '--no-git'], { cwd })).toMatchObject({ status: 0, stderr: '' })
    expect(readFileSync(join(cwd, 'my-app/README.md'), 'utf8')).toContain(TOPOLOGY.join(' '))
  })
})

describe('--force', () => {
  it('replaces what it writes, names the backup, and leaves the rest alone', () => {
    const cwd = makeFolder({ 'my-app/package.json': 'mine', 'my-app/src/notes.txt': 'notes' })
    const { status, stdout } = runCli(['my-app', ...TOPOLOGY, '--force'], { cwd })
    expect(status).toBe(0)
    const backup = /Kept 1 file that was in the way in (.*)\/\.\n/.exec(stdout)?.[1] ?? ''
    const tree = readTree(join(cwd, 'my-app'))
    expect(tree[`${backup}/package.json`]).toBe('mine')
    expect(tree['src/notes.txt']).toBe('notes')
    expect(tree['package.json']).toContain('"name": "my-app"')
  })
})

it('makes the same project for every package manager, but for what yarn needs', () => {
  const make = (...pm: string[]) => {
    const cwd = makeFolder()
    expect(runCli(['my-app', ...TOPOLOGY, ...pm], { cwd }).status).toBe(0)
    return readTree(cwd)
  }
  const npm = make()
  expect(make('--pm', 'pnpm')).toEqual(npm)
  expect(make('--pm', 'bun')).toEqual(npm)
  const yarn = make('--pm', 'yarn')
  expect(yarn).toEqual({
    ...npm,
    'my-app/.yarnrc.yml': expect.stringContaining('nodeLinker: node-modules\n'),
    'my-app/electron-ports.json': npm['my-app/electron-ports.json']?.replace(
      '"name": "my-app",\n',
      '"name": "my-app",\n  "packageManager": "yarn",\n',
    ),
    'my-app/README.md': npm['my-app/README.md']?.replace(
      'worker-window`\n',
      'worker-window --pm yarn`\n',
    ),
  })
})

it('says in a dry run what would give way', () => {
  const cwd = makeFolder({ 'my-app/package.json': 'mine' })
  const { stdout } = runCli(['my-app', ...TOPOLOGY, '--force', '--dry-run'], { cwd })
  expect(stdout).toContain('\nWould move package.json to a backup.\n')
})

it('adds a topology to a project, and replaces what it has to write otherwise', () => {
  const cwd = makeFolder()
  runCli(['my-app', '--topology', 'main-port'], { cwd })
  const topologies = 'main-port,reply-stream'
  const { stdout } = runCli(['my-app', '--topology', topologies, '--force', '--json'], { cwd })
  expect(JSON.parse(stdout).replaced).toEqual([
    'README.md',
    'src/main/services.ts',
    'src/topology.ts',
    'src/renderer/app/demos.ts',
    'electron-ports.json',
  ])
  runCli(['fresh', '--topology', topologies], { cwd })
  const { backup } = JSON.parse(stdout)
  rmSync(join(cwd, 'my-app', backup), { recursive: true })
  const [added, fresh] = ['my-app', 'fresh'].map((name) => readTree(join(cwd, name)))
  const sorted = (tree = {}): string[] => Object.keys(tree).toSorted()
  expect(sorted(added)).toEqual(sorted(fresh))
  expect(added?.['src/topology.ts']).toBe(fresh?.['src/topology.ts'])
})

describe('in a repository that git checks out with CRLF', () => {
  const git = (cwd: string, ...args: string[]): string =>
    execFileSync('git', args, {
      cwd,
      env: { ...process.env, ...A_KNOWN_GIT },
      stdio: 'pipe',
    }).toString()

  /** The same files, as a machine has them whose git wants CRLF. */
  const clone = (project: string): string => {
    const copy = join(makeFolder(), 'my-app')
    git(
      project,
      '-c',
      'core.autocrlf=true',
      'clone',
      '--quiet',
      '-c',
      'core.autocrlf=true',
      project,
      copy,
    )
    rmSync(join(copy, '.git'), { recursive: true })
    return copy
  }

  it('the files of a project are as they were made, pictures too', () => {
    const cwd = makeFolder()
    runCli(['my-app', ...TOPOLOGY, '--git'], { cwd, env: A_KNOWN_GIT })
    const project = join(cwd, 'my-app')
    const copy = clone(project)
    rmSync(join(project, '.git'), { recursive: true })
    expect(readTree(copy)).toEqual(readTree(project))
  })

  it('a repository is made where git refuses whatever it would have to convert', () => {
    const cwd = makeFolder()
    const env = {
      ...A_KNOWN_GIT,
      GIT_CONFIG_COUNT: '4',
      GIT_CONFIG_KEY_2: 'core.autocrlf',
      GIT_CONFIG_VALUE_2: 'true',
      GIT_CONFIG_KEY_3: 'core.safecrlf',
      GIT_CONFIG_VALUE_3: 'true',
    }
    const { stdout } = runCli(['my-app', ...TOPOLOGY, '--git'], { cwd, env })
    expect(stdout).toContain('Made a git repository, with a first commit.\n')
  })

  it('one more topology replaces no file for the ends of its lines', () => {
    const cwd = makeFolder()
    const project = join(cwd, 'my-app')
    runCli(['my-app', '--topology', 'main-port'], { cwd })
    // As an older version of this command left it.
    rmSync(join(project, '.gitattributes'))
    git(project, 'init', '--quiet')
    git(project, 'add', '.')
    git(project, 'commit', '--quiet', '--message', 'Start')
    const copy = clone(project)
    expect(readTree(copy)['src/topology.ts']).toContain('\r\n')
    const args = ['.', '--topology', 'main-port,worker-window', '--force', '--json']
    expect(JSON.parse(runCli(args, { cwd: copy }).stdout).replaced).toEqual([
      'README.md',
      'src/topology.ts',
      'src/renderer/app/demos.ts',
      'electron-ports.json',
    ])
  })
})

it('keeps the README and the licence of a fresh repository', () => {
  const cwd = makeFolder({
    'my-app/README.md': 'mine',
    'my-app/LICENSE': 'MIT',
    'my-app/.gitignore': 'mine',
  })
  const { stdout } = runCli(['my-app', ...TOPOLOGY], { cwd })
  expect(stdout).toContain('Kept README.md as it was.\nKept .gitignore as it was.\n')
  expect(readTree(join(cwd, 'my-app'))).toMatchObject({ 'README.md': 'mine', LICENSE: 'MIT' })
})

describe('--git', () => {
  const log = (cwd: string): string =>
    execFileSync('git', ['log', '--format=%s'], {
      cwd,
      env: { ...process.env, ...A_KNOWN_GIT },
    }).toString()

  /** A git with a script that runs before each commit. */
  const withHook = (script: string): Record<string, string> => {
    const folder = makeFolder({ 'pre-commit': `#!/bin/sh\n${script}\n` })
    chmodSync(join(folder, 'pre-commit'), 0o755)
    return {
      ...A_KNOWN_GIT,
      GIT_CONFIG_COUNT: '3',
      GIT_CONFIG_KEY_2: 'core.hooksPath',
      GIT_CONFIG_VALUE_2: folder,
    }
  }

  it('makes a repository in which everything is committed', () => {
    const cwd = makeFolder()
    expect(runCli(['my-app', ...TOPOLOGY, '--git'], { cwd, env: A_KNOWN_GIT }).status).toBe(0)
    expect(log(join(cwd, 'my-app'))).toBe(`Start with create-electron-ports ${version}\n`)
    const status = execFileSync('git', ['status', '--short'], { cwd: join(cwd, 'my-app') })
    expect(status.toString()).toBe('')
  })

  it.skipIf(process.platform === 'win32')('makes none when git refuses the commit', () => {
    const cwd = makeFolder()
    const env = withHook('echo "not today" >&2; exit 1')
    const { status, stdout } = runCli(['my-app', ...TOPOLOGY, '--git'], { cwd, env })
    expect(status).toBe(0)
    expect(stdout).toContain('No repository was made, for git refused: not today\n')
    expect(readTree(cwd)).not.toHaveProperty(['my-app/.git'])
  })

  it.each([
    [AN_UNKNOWN_GIT, 'git does not know your name and email'],
    [{ PATH: '/nowhere' }, 'git is not on this machine'],
  ])('says why it made none with %j', (env, reason) => {
    const run = runCli(['my-app', ...TOPOLOGY, '--git'], {
      cwd: makeFolder(),
      env: { ...A_KNOWN_GIT, ...env },
    })
    expect(run.status).toBe(0)
    expect(run.stdout).toContain(`No repository was made: ${reason}.\n`)
  })

  it('commits the project and nothing that was there beside', () => {
    const cwd = makeFolder({ 'my-app/.env': 'SECRET=1', 'my-app/README.md': 'mine' })
    const args = ['my-app', ...TOPOLOGY, '--git', '--force']
    const { stdout } = runCli(args, { cwd, env: A_KNOWN_GIT })
    expect(stdout).toContain('Made a git repository, with a first commit.\n')
    const status = execFileSync('git', ['status', '--short'], { cwd: join(cwd, 'my-app') })
    expect(status.toString()).toBe('?? .env\n')
  })

  it.skipIf(process.getuid?.() !== 0)('makes none inside of one of another user', () => {
    const cwd = makeFolder()
    execFileSync('git', ['init', '--quiet'], { cwd })
    chownSync(cwd, 1234, 1234)
    const { status, stdout } = runCli(['my-app', ...TOPOLOGY, '--git'], { cwd, env: A_KNOWN_GIT })
    expect(status).toBe(0)
    // An older git looks into it all the same.
    expect(stdout).toMatch(
      /No repository was made: (git says "fatal: detected dubious|the folder is)/,
    )
    expect(readTree(cwd)).not.toHaveProperty(['my-app/.git'])
  })

  it.skipIf(process.platform === 'win32')('leaves none half made on SIGINT', async () => {
    const cwd = makeFolder()
    const env = withHook('touch "$(git rev-parse --show-toplevel)/started"; exec sleep 20')
    const command = spawn(process.execPath, [LAUNCHER, 'my-app', ...TOPOLOGY, '--git'], {
      cwd,
      env: { ...process.env, ...env },
    })
    const stderr = text(command.stderr)
    await vi.waitUntil(() => existsSync(join(cwd, 'my-app/started')), { timeout: 10_000 })
    command.kill('SIGINT')
    expect(await once(command, 'exit')).toEqual([130, null])
    expect(await stderr).toBe(
      `The project was made in "${join(cwd, 'my-app')}", but no repository of it.\n`,
    )
    expect(readTree(cwd)).toHaveProperty(['my-app/package.json'])
    expect(readTree(cwd)).not.toHaveProperty(['my-app/.git'])
  })

  it('makes none inside of another', () => {
    const cwd = makeFolder()
    execFileSync('git', ['init', '--quiet'], { cwd })
    expect(runCli(['my-app', ...TOPOLOGY, '--git'], { cwd, env: A_KNOWN_GIT }).stdout).toContain(
      'No repository was made: the folder is in a repository already.\n',
    )
    expect(readTree(cwd)).not.toHaveProperty(['my-app/.git'])
  })
})

// A script stands for the package manager: whether npm can install is not in question here.
describe.skipIf(process.platform === 'win32')('--install', () => {
  const withManager = (name: string, script: string): Record<string, string> => {
    const bin = join(makeFolder(), 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
    return { PATH: `${bin}${delimiter}${process.env['PATH']}` }
  }

  it.each(['npm', 'pnpm', 'yarn', 'bun'])('installs with %s in the project', (pm) => {
    const cwd = makeFolder()
    const env = withManager(pm, `echo "$@ in $(pwd)" > installed.txt; ${installIn('.')}`)
    const run = runCli(['my-app', ...TOPOLOGY, '--install', '--pm', pm], { cwd, env })
    expect(run.status).toBe(0)
    expect(readFileSync(join(cwd, 'my-app/installed.txt'), 'utf8')).toBe(
      `install in ${join(cwd, 'my-app')}\n`,
    )
    expect(run.stdout).toContain(`Next:\n  cd my-app\n  ${pm} run dev\n`)
  })

  it('is content where a workspace above has what the project needs', () => {
    const cwd = makeFolder({ 'package.json': '{"workspaces":["apps/*"]}' })
    const env = withManager('npm', installIn('../..'))
    expect(runCli(['apps/my-app', ...TOPOLOGY, '--install'], { cwd, env }).status).toBe(0)
  })

  it('fails when nothing was installed, for a workspace above does not list the project', () => {
    const cwd = makeFolder({ 'pnpm-workspace.yaml': 'packages:\n  - other\n' })
    const args = ['apps/my-app', ...TOPOLOGY, '--install', '--pm', 'pnpm']
    expect(runCli(args, { cwd, env: withManager('pnpm', 'true') })).toMatchObject({
      status: 1,
      stderr: `Installing the dependencies with pnpm …\nThe project was made in "${join(cwd, 'apps/my-app')}", but "pnpm install" left out "electron-updater": "${join(cwd, 'pnpm-workspace.yaml')}" does not list the project. List it there, or give --ignore-workspace. Go on there with "pnpm install" when that is solved.\n`,
    })
    expect(readTree(cwd)).toHaveProperty(['apps/my-app/package.json'])
  })

  it('fails when something was left out, and says what', () => {
    const env = withManager('npm', `${installIn('.')}; rmdir node_modules/electron`)
    const { status, stderr } = runCli(['my-app', ...TOPOLOGY, '--install'], {
      cwd: makeFolder(),
      env,
    })
    expect(status).toBe(1)
    expect(stderr).toContain(
      'but "npm install" left out "electron": it may be told to leave development dependencies out, by NODE_ENV or a setting of its own. Go on there with "npm install" when that is solved.\n',
    )
  })

  it('keeps the project when it fails, and says how to go on', () => {
    const cwd = makeFolder()
    const env = withManager('npm', 'exit 7')
    expect(runCli(['my-app', ...TOPOLOGY, '--install'], { cwd, env })).toMatchObject({
      status: 1,
      stderr: `Installing the dependencies with npm …\nThe project was made in "${join(cwd, 'my-app')}", but "npm install" ended with code 7. Go on there with "npm install" when that is solved.\n`,
    })
    expect(readTree(cwd)).toHaveProperty(['my-app/package.json'])
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with 130 on %s, and says how to go on',
    async (signal) => {
      const cwd = makeFolder()
      const env = withManager('npm', 'touch started; exec sleep 20')
      const command = spawn(process.execPath, [LAUNCHER, 'my-app', ...TOPOLOGY, '--install'], {
        cwd,
        env: { ...process.env, ...env },
      })
      const stderr = text(command.stderr)
      await vi.waitUntil(() => existsSync(join(cwd, 'my-app/started')), { timeout: 10_000 })
      command.kill(signal)
      expect(await once(command, 'exit')).toEqual([130, null])
      expect(await stderr).toContain(
        `The project was made in "${join(cwd, 'my-app')}", but "npm install" was cancelled. Go on there with "npm install".\n`,
      )
    },
  )

  it('names the backup when it fails', () => {
    const cwd = makeFolder({ 'my-app/package.json': 'mine' })
    const args = ['my-app', ...TOPOLOGY, '--install', '--force']
    const { stderr } = runCli(args, { cwd, env: withManager('npm', 'exit 7') })
    expect(stderr).toMatch(/^Kept 1 file that was in the way in backup-.*\/\.$/m)
  })

  it('says that a package manager is missing', () => {
    const run = runCli(['my-app', ...TOPOLOGY, '--install', '--pm', 'bun'], {
      cwd: makeFolder(),
      env: { PATH: '/nowhere' },
    })
    expect(run.status).toBe(1)
    expect(run.stderr).toContain('"bun install" is not on this machine')
  })

  it('keeps stdout for the object that --json prints', () => {
    const cwd = makeFolder()
    const env = withManager('npm', `echo added 7 packages; ${installIn('.')}`)
    const run = runCli(['my-app', ...TOPOLOGY, '--install', '--json'], { cwd, env })
    expect(JSON.parse(run.stdout)).toMatchObject({ success: true, installed: true })
    expect(run.stderr).toContain('added 7 packages')
  })
})
