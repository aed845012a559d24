import { execFile, execFileSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { makeFolder } from '../folders.ts'
import { serveAsRegistry } from './local-registry.ts'
import { LAUNCHER, runCli } from './run-cli.ts'

const REPOSITORY = join(import.meta.dirname, '../..')
const NEXT = '99.0.0'

/** Packs this repository as npm would. */
function pack(): string {
  const folder = makeFolder()
  execFileSync('npm', ['pack', REPOSITORY, '--ignore-scripts', '--silent'], { cwd: folder })
  return join(folder, readdirSync(folder)[0] ?? '')
}

function replaceIn(folder: string, path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(folder, path), 'utf8')
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  writeFileSync(join(folder, path), changed)
}

/** Builds the next version: what a release may do to the templates, each once. */
function buildNext(): string {
  const next = makeFolder()
  for (const path of ['bin', 'scripts', 'src', 'templates', 'package.json', 'rolldown.config.ts']) {
    cpSync(join(REPOSITORY, path), join(next, path), { recursive: true })
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(next, 'node_modules'), 'junction')
  const ofManifest = `"version": "${manifest.version}"`
  replaceIn(next, 'package.json', ofManifest, `"version": "${NEXT}"`)
  const base = join(next, 'templates/base')
  // A fix in the kernel, a line of the topology, a dependency raised.
  appendFileSync(join(base, 'src/ports/timer.ts'), '\n// Mended.\n')
  replaceIn(base, 'src/topology.ts.ejs', 'Data, no code.', 'Data, and no code.')
  replaceIn(base, 'package.json', /"vitest": "[^"]*"/, '"vitest": "^77.0.0"')
  // A file more, a file less, a file renamed.
  writeFileSync(join(base, 'src/main/more.ts'), 'export {}\n')
  rmSync(join(base, '_editorconfig'))
  renameSync(join(base, 'tests/unit/backoff.test.ts'), join(base, 'tests/unit/pauses.test.ts'))
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: next, stdio: 'pipe' })
  return join(next, 'bin/create-electron-ports.cjs')
}

describe.skipIf(process.platform === 'win32')('update by the next version', () => {
  /** A project of this version with edits of its user's, and how the next version runs in it. */
  async function prepare(edit: (project: string) => void) {
    const tarball = pack()
    const registry = await serveAsRegistry({ ...manifest, bin: manifest.bin }, tarball)
    const cwd = makeFolder()
    expect(runCli(['my-app', '--topology', 'main-port'], { cwd }).status).toBe(0)
    const project = join(cwd, 'my-app')
    edit(project)
    const launcher = buildNext()
    const env = {
      ...process.env,
      npm_config_registry: registry,
      npm_config_cache: makeFolder(),
      npm_config_userconfig: join(cwd, 'none'),
    }
    /** Not by `spawnSync`, for the registry is in this process. */
    const run = (...args: string[]) =>
      promisify(execFile)(process.execPath, [launcher, ...args, '--force', '--json'], {
        cwd: project,
        env,
      }).then(
        ({ stdout }) => ({ code: 0, stdout }),
        ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
      )
    return { project, run }
  }

  const outcomesOf = (stdout: string): Record<string, string> =>
    Object.fromEntries(
      (JSON.parse(stdout).files as { path: string; outcome: string }[]).map((file) => [
        file.path,
        file.outcome,
      ]),
    )

  it('takes what is new, and keeps what is the user’s', async () => {
    const { project, run } = await prepare((folder) => {
      appendFileSync(join(folder, 'src/topology.ts'), '// mine\n')
      replaceIn(folder, 'package.json', '"version": "0.1.0"', '"version": "7.0.0"')
      appendFileSync(join(folder, 'tests/unit/backoff.test.ts'), '// mine\n')
    })
    const { code, stdout } = await run('update')
    expect(code).toBe(0)
    expect(outcomesOf(stdout)).toEqual({
      '.editorconfig': 'removed',
      'README.md': 'replaced',
      'electron-ports.json': 'replaced',
      'package.json': 'merged',
      'src/main/more.ts': 'new',
      'src/ports/timer.ts': 'replaced',
      'src/topology.ts': 'merged',
      'tests/unit/backoff.test.ts': 'kept',
      'tests/unit/pauses.test.ts': 'new',
    })
    const read = (path: string): string => readFileSync(join(project, path), 'utf8')
    expect(read('src/topology.ts')).toContain('Data, and no code.')
    expect(read('src/topology.ts')).toContain('// mine')
    expect(JSON.parse(read('package.json'))).toMatchObject({
      version: '7.0.0',
      devDependencies: { vitest: '^77.0.0' },
    })
    expect(JSON.parse(read('electron-ports.json')).version).toBe(NEXT)
  }, 60_000)

  it('shows a conflict in the kernel, and ends with 1', async () => {
    const { project, run } = await prepare((folder) =>
      appendFileSync(join(folder, 'src/ports/timer.ts'), '\n// Mine.\n'),
    )
    const { code, stdout } = await run('update')
    expect(code).toBe(1)
    expect(outcomesOf(stdout)).toMatchObject({ 'src/ports/timer.ts': 'conflict' })
    expect(readFileSync(join(project, 'src/ports/timer.ts'), 'utf8')).toMatch(
      /<<<<<<< yours\n[^]*\/\/ Mine\.[^]*=======\n[^]*\/\/ Mended\.[^]*>>>>>>> the template now/,
    )
  }, 60_000)

  it('adopts a project without a file of choices, by the command in its README', async () => {
    const { project, run } = await prepare((folder) => rmSync(join(folder, 'electron-ports.json')))
    const command = /`(npm create electron-ports@.*)`/.exec(
      readFileSync(join(project, 'README.md'), 'utf8'),
    )?.[1]
    const { code, stdout } = await run('update', '--from-command', command ?? '')
    expect(code).toBe(0)
    expect(outcomesOf(stdout)).toMatchObject({
      'electron-ports.json': 'replaced',
      'src/ports/timer.ts': 'replaced',
    })
    expect(JSON.parse(readFileSync(join(project, 'electron-ports.json'), 'utf8'))).toEqual({
      version: NEXT,
      name: 'my-app',
      topologies: ['main-port'],
      demos: true,
      features: [],
      nodes: {},
      links: {},
    })
  }, 60_000)

  it('names both versions and what to do when the other cannot be had', async () => {
    const { run } = await prepare((folder) =>
      replaceIn(folder, 'electron-ports.json', /"version": ".*"/, '"version": "0.0.1"'),
    )
    const { code, stdout } = await run('update')
    expect(code).toBe(1)
    expect(JSON.parse(stdout).error.message).toMatch(
      /^The project is of version 0\.0\.1 and this is 99\.0\.0, and npm could not run the other, .*give that folder by --base\.$/s,
    )
  }, 60_000)
})

it('says so in one sentence when there is no such version to update to', () => {
  const bin = makeFolder({ npm: '#!/bin/sh\necho "npm error code ETARGET" >&2; exit 1\n' })
  execFileSync('chmod', ['+x', join(bin, 'npm')])
  const env = { PATH: `${bin}:${process.env['PATH']}` }
  expect(runCli(['update', '9.9.9'], { cwd: makeFolder(), env })).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'Version 9.9.9 could not be fetched: there is no such version. Which there are says: npm view create-electron-ports versions\n',
  })
})

it('has another version update, and refuses what is none', () => {
  const cwd = makeFolder()
  expect(runCli(['my-app', '--topology', 'main-port'], { cwd }).status).toBe(0)
  const { status, stderr } = runCli(['update', 'newest'], { cwd: join(cwd, 'my-app') })
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: '"newest" is no version to update to. Give one such as "1.2.3", or none.\n',
  })
  const bin = makeFolder({
    npm: '#!/bin/sh\ncase "$*" in *--version) ;; *) echo "$@"; exit 3; esac\n',
  })
  execFileSync('chmod', ['+x', join(bin, 'npm')])
  const run = runCli(['update', '1.2.3', '--dry-run'], {
    cwd: join(cwd, 'my-app'),
    env: { PATH: `${bin}:${process.env['PATH']}` },
    launcher: LAUNCHER,
  })
  expect(run).toMatchObject({
    status: 3,
    stdout:
      'exec --yes --package=create-electron-ports@1.2.3 -- create-electron-ports update --dry-run\n',
  })
})
