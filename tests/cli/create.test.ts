import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { version } from '../../package.json'
import { makeFolder, readTree } from '../folders.ts'
import { runBefore, runCli } from './run-cli.ts'

const TOPOLOGY = ['--topology', 'worker-window']

const countFiles = (folder: string) =>
  Object.values(readTree(folder)).filter((content) => content !== null).length

/** In thousands of bytes. */
const sizeOf = (folder: string) =>
  (
    Object.values(readTree(folder)).reduce((sum, text) => sum + (text?.length ?? 0), 0) / 1000
  ).toFixed(1)

it('makes a project and reports it', () => {
  const cwd = makeFolder()
  const target = join(cwd, 'my-app')
  expect(runCli(['my-app', ...TOPOLOGY], { cwd })).toEqual({
    status: 0,
    stderr: '',
    stdout: `Created my-app: ${countFiles(target)} files, ${sizeOf(target)} kB, in ${target}

  app (window) ── jobs ──▶ worker (worker window)

Next:
  cd my-app
  npm install
  npm run dev

To make the same project again:
  npm create electron-ports@${version} my-app -- --topology worker-window
`,
  })
  expect(readTree(cwd)).toMatchObject({ 'my-app/package.json': expect.stringMatching(/"my-app"/) })
})

it('makes the same project in the current folder as in a named one', () => {
  const named = makeFolder()
  const current = makeFolder({ 'my-app/.git/HEAD': 'main' })
  runCli(['my-app', ...TOPOLOGY], { cwd: named })
  const { status, stdout } = runCli(['.', ...TOPOLOGY], { cwd: join(current, 'my-app') })
  expect({ status, entersFolder: stdout.includes('cd ') }).toEqual({
    status: 0,
    entersFolder: false,
  })
  expect(readTree(current)).toEqual({
    'my-app/.git': null,
    'my-app/.git/HEAD': 'main',
    ...readTree(named),
  })
})

it.each(['deep/below/my-app', '../my-app', '@scope/my-app'])('makes a project in %s', (path) => {
  const folder = makeFolder({ 'here/other.txt': '' })
  const cwd = join(folder, 'here')
  expect(runCli([path, ...TOPOLOGY], { cwd }).status).toBe(0)
  expect(readTree(join(cwd, path))).toMatchObject({
    'package.json': expect.stringMatching(/^\{\n {2}"name": "my-app",\n/),
  })
})

it.each([
  { args: [], name: 'myrepo' },
  { args: ['--name', 'desk'], name: 'desk' },
])('makes $name in a fresh clone MyRepo with $args, and the same again', ({ args, name }) => {
  const cwd = makeFolder({ 'MyRepo/.git/HEAD': 'main' })
  const run = runCli(['.', ...TOPOLOGY, ...args], { cwd: join(cwd, 'MyRepo') })
  expect(run).toMatchObject({ status: 0, stderr: '' })
  expect(run.stdout).toContain(`Created ${name}: `)
  expect(run.stdout).toContain(
    `npm create electron-ports@${version} ${name} -- ${TOPOLOGY.join(' ')}`,
  )
  runCli([name, ...TOPOLOGY], { cwd })
  const [inClone, fresh] = ['MyRepo', name].map((folder) => readTree(join(cwd, folder)))
  expect(inClone).toEqual({ '.git': null, '.git/HEAD': 'main', ...fresh })
})

it('tolerates a stray "--"', () => {
  const cwd = makeFolder()
  expect(runCli(['--', 'my-app', '--', ...TOPOLOGY], { cwd }).status).toBe(0)
  expect(readTree(cwd)).toHaveProperty(['my-app/package.json'])
})

it('refuses a folder in use, lists what is in the way and touches nothing', () => {
  const cwd = makeFolder({ 'my-app/package.json': '{}', 'my-app/notes.txt': 'mine' })
  const before = readTree(cwd)
  expect(runCli(['my-app', ...TOPOLOGY], { cwd })).toEqual({
    status: 1,
    stdout: '',
    stderr: `Folder "${join(cwd, 'my-app')}" is not empty: these files would be overwritten: package.json. Choose another directory, or give --force, which keeps the old files as a backup.\n`,
  })
  expect(readTree(cwd)).toEqual(before)
})

it('refuses a path that leads through a file', () => {
  const cwd = makeFolder({ 'a-file': 'mine' })
  expect(runCli(['a-file/my-app', ...TOPOLOGY], { cwd })).toEqual({
    status: 1,
    stdout: '',
    stderr: `"${join(cwd, 'a-file')}" is a file, not a folder. Choose another directory.\n`,
  })
  expect(readTree(cwd)).toEqual({ 'a-file': 'mine' })
})

it.each(['SIGINT', 'SIGTERM'])('leaves nothing behind when %s comes while it writes', (signal) => {
  const cwd = makeFolder()
  mkdirSync(join(cwd, 'my-app'))
  const interrupt = runBefore(`
    import fs from 'node:fs'
    const rename = fs.rename
    fs.rename = (...args) => {
      process.kill(process.pid, '${signal}')
      setTimeout(() => rename(...args), 100)
    }`)
  expect(runCli(['my-app', ...TOPOLOGY], { cwd, nodeOptions: [interrupt] })).toEqual({
    status: 130,
    stdout: '',
    stderr: 'Cancelled. Nothing was written.\n',
  })
  expect(readTree(cwd)).toEqual({ 'my-app': null })
})

it('leaves nothing behind when the disk is full', () => {
  const cwd = makeFolder()
  const fill = runBefore(`
    import fs from 'node:fs'
    fs.renameSync = () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    }`)
  expect(runCli(['new/my-app', ...TOPOLOGY], { cwd, nodeOptions: [fill] })).toEqual({
    status: 1,
    stdout: '',
    stderr: `Could not write to "${join(cwd, 'new/my-app')}": the disk is full. Nothing was left behind. Solve this, or choose another directory.\n`,
  })
  expect(readTree(cwd)).toEqual({})
})
