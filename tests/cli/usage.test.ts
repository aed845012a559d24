import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { version } from '../../package.json'
import { makeFolder, readTree } from '../folders.ts'
import { LAUNCHER, runBefore, runCli } from './run-cli.ts'

const KNOWN = readdirSync('templates/topologies').toSorted().join(', ')
const TOPOLOGY = ['--topology', 'worker-window']

describe('exits with 2, says why and writes nothing', () => {
  it.each([
    {
      args: [],
      stderr:
        'The argument [directory] is missing, and this run cannot ask for it. Give one, such as "my-app", or --yes for the defaults.',
    },
    {
      args: ['my-app'],
      stderr: `The flag --topology is missing, and this run cannot ask for it. Give one or more of: ${KNOWN}; or nodes and links of your own, by --node and --link.`,
    },
    {
      args: ['my-app', '--topology', 'worker-windw'],
      stderr: `Topology "worker-windw" is unknown. Did you mean "worker-window"? Known: ${KNOWN}.`,
    },
    {
      args: ['my-app', ...TOPOLOGY, ...TOPOLOGY],
      stderr: 'Topology "worker-window" is given twice. Name it once.',
    },
    {
      args: ['my-app', '--topology='],
      stderr: `The flag --topology holds an empty name. Known: ${KNOWN}.`,
    },
    {
      args: ['my-app', '--topology'],
      stderr: 'Option "-t, --topology <names>" argument missing. See --help.',
    },
    {
      args: ['my-app', '--topolgy', 'worker-window'],
      stderr: 'Unknown option "--topolgy". Did you mean --topology?',
    },
    {
      args: ['my-app', '--zebra', ...TOPOLOGY],
      stderr: 'Unknown option "--zebra". See --help.',
    },
    {
      args: ['my', 'app', ...TOPOLOGY],
      stderr:
        'Expected one directory but got "my", "app". Quote a path that has spaces, and after npm create put "--" before the flags.',
    },
    {
      args: ['my-app', ...TOPOLOGY, '--pm', 'yrn'],
      stderr: 'Package manager "yrn" is unknown. Did you mean "yarn"? Known: npm, pnpm, yarn, bun.',
    },
    {
      args: ['list', 'worker-window'],
      stderr: 'Too many arguments for "list". Expected 0 arguments but got 1. See --help.',
    },
    {
      args: ['list', '--force'],
      stderr: 'Unknown option "--force". See --help.',
    },
    {
      args: ['My App', ...TOPOLOGY],
      stderr:
        'Directory "My App" would name the project "My App", but npm refuses it: name can only contain URL-friendly characters. Try "my-app".',
    },
    {
      args: ['apps/aux', ...TOPOLOGY],
      stderr:
        'Directory "apps/aux" would name the project "aux", but Windows refuses such a name. Try "apps/my-aux".',
    },
    {
      args: ['/C#/my-app', ...TOPOLOGY],
      stderr: `Directory "${resolve('/C#/my-app')}" has "#" in its path, over which the build or the tests of a project stumble. Choose another.`,
    },
  ])('for $args', ({ args, stderr }) => {
    const cwd = makeFolder()
    expect(runCli(args, { cwd })).toEqual({ status: 2, stdout: '', stderr: `${stderr}\n` })
    expect(readTree(cwd)).toEqual({})
  })
})

it('prints its version', () => {
  const cwd = makeFolder()
  expect(runCli(['--version'], { cwd })).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
})

it('prints help with every topology and examples', () => {
  const cwd = makeFolder()
  const { status, stdout, stderr } = runCli(['--help'], { cwd })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(/^Usage: create-electron-ports \[options\] \[command\] \[directory\]$/m)
  expect(stdout).toMatch(/^Beside, unless --no-<name> .+:\n(?: {2,}\S.+\n)*? {2}packaging +\S.+$/m)
  expect(stdout).toMatch(/^ +--no-packaging +no .+$/m)
  expect(stdout).toMatch(/^Topologies:\n(?: {2,}\S.+\n)*? {2}worker-window +\S.+$/m)
  expect(stdout).toContain('npm create electron-ports@latest my-app -- --topology worker-window\n')
  expect(readTree(cwd)).toEqual({})
})

it('shows the stack of an error with --debug only', () => {
  const cwd = makeFolder()
  expect(runCli(['my-app'], { cwd }).stderr).not.toContain('dist/index.cjs')
  const { stderr } = runCli(['my-app', '--debug'], { cwd })
  expect(stderr).toMatch(/^UsageError: The flag --topology is missing/)
  expect(stderr).toContain('dist/index.cjs')
})

describe('the launcher', () => {
  it('says what to do when the command is not built', () => {
    const cwd = makeFolder({ 'bin/launcher.cjs': readFileSync(LAUNCHER, 'utf8') })
    expect(runCli([], { cwd, launcher: join(cwd, 'bin/launcher.cjs') })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'The folder dist/ is missing. Build it first: npm run build\n',
    })
  })

  it.each(['18.20.8', '20.18.9', '21.7.3', '22.11.0'])('refuses Node %s', (node) => {
    expect(runCli(['--version'], { cwd: makeFolder(), nodeOptions: [pretend(node)] })).toEqual({
      status: 1,
      stdout: '',
      stderr: `create-electron-ports needs Node ^20.19.0 || >=22.12.0, but this is ${node}. Install a newer one from https://nodejs.org.\n`,
    })
  })

  it.each(['20.19.0', '22.12.0', '23.0.0', '24.1.0'])('accepts Node %s', (node) => {
    const { status } = runCli(['--version'], {
      cwd: makeFolder(),
      nodeOptions: [pretend(node)],
    })
    expect(status).toBe(0)
  })
})

/** Makes Node believe that it is another version. */
function pretend(node: string): string {
  return runBefore(
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${node}' } })`,
  )
}
