import { execFile, execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { makeFolder } from '../folders.ts'
import { serveAsRegistry } from './local-registry.ts'
import { NEXT, makeNextVersion, replaceIn } from './next-version.ts'
import { LAUNCHER, runCli } from './run-cli.ts'

const REPOSITORY = join(import.meta.dirname, '../..')

/** Packs this repository as npm would. */
function pack(): string {
  const folder = makeFolder()
  execFileSync('npm', ['pack', REPOSITORY, '--ignore-scripts', '--silent'], { cwd: folder })
  return join(folder, readdirSync(folder)[0] ?? '')
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
    const launcher = makeNextVersion(makeFolder())
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
      'src/main/windows.ts': 'replaced',
      'src/ports/timer.ts': 'replaced',
      'src/topology.ts': 'merged',
      'tests/unit/pauses.test.ts': 'merged',
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
      ui: 'vanilla',
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
