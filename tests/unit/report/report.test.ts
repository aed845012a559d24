import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planProject } from '../../../src/render/plan.ts'
import type { Choices } from '../../../src/command-line/choices.ts'
import { detectPackageManager } from '../../../src/programs/package-manager.ts'
import type { ProjectFiles } from '../../../src/render/render.ts'
import { type Result, describeResult, resultToJson } from '../../../src/report/report.ts'
import { quoteForShell } from '../../../src/terminal/shell.ts'
import { CATALOGUE, makeApp } from '../catalogue.ts'

const FILES: ProjectFiles = new Map(
  ['src/main.ts', 'package.json', 'src/deep/er.ts'].map((path) => [
    path,
    { content: Buffer.from('x'.repeat(400)), from: 'base', how: 'copied' },
  ]),
)

function makeResult(directory: string, changes: Partial<Result & Choices> = {}): Result {
  const choices = {
    destination: { directory, path: resolve(directory), name: 'my-app' },
    app: makeApp(['worker-window']),
    packageManager: 'npm' as const,
    install: false,
    git: false,
    ...changes,
  }
  return {
    choices,
    project: planProject('my-app', choices.app, CATALOGUE, '1.2.3'),
    placement: { files: FILES, kept: [], replaced: [] },
    isDryRun: false,
    hasRepository: false,
    notes: [],
    ...changes,
  }
}

const describeRun = (directory: string, changes?: Partial<Result & Choices>): string =>
  describeResult(makeResult(directory, changes))

it('says what was made, what to do next and how to make it again', () => {
  expect(describeRun('my-app')).toBe(`Created my-app: 3 files, 1.2 kB, in ${resolve('my-app')}

  app (window) ── jobs ──▶ worker (worker window)

Next:
  cd my-app
  npm install
  npm run dev

To make the same project again:
  npm create electron-ports@1.2.3 my-app -- --topology worker-window`)
})

it.each(['.', './', process.cwd()])('asks for no change of folder in "%s"', (directory) => {
  expect(describeRun(directory)).toContain('Next:\n  npm install\n')
})

it('quotes the folder and uses the package manager at hand', () => {
  expect(describeRun("it's here/my-app", { packageManager: 'pnpm' })).toContain(
    String.raw`
  cd 'it'\''s here/my-app'
  pnpm install
  pnpm run dev
`,
  )
})

it('asks for no install that was done', () => {
  expect(describeRun('my-app', { install: true })).toContain('Next:\n  cd my-app\n  npm run dev\n')
})

it('names what was kept, what gave way, and what else there is to know', () => {
  const placement = { files: FILES, kept: ['README.md'], replaced: ['package.json'] }
  const changes = { placement, backup: 'backup-1', hasRepository: true, notes: ['And a note.'] }
  expect(describeRun('my-app', changes)).toContain(`
Kept README.md as it was.
Kept 1 file that was in the way in backup-1/.
Made a git repository, with a first commit.
And a note.

Next:`)
})

it('draws the tree of a dry run, folders first', () => {
  expect(describeRun('my-app', { isDryRun: true }))
    .toContain(`Would create my-app: 3 files, 1.2 kB, in ${resolve('my-app')}

  src/
    deep/
      er.ts  400 B
    main.ts  400 B
  package.json  400 B
`)
})

it('tells a program the same', () => {
  expect(resultToJson(makeResult('my-app'), '1.2.3')).toEqual({
    success: true,
    dryRun: false,
    name: 'my-app',
    path: resolve('my-app'),
    topologies: ['worker-window'],
    ui: 'vanilla',
    files: [...FILES.keys()].map((path) => ({ path, bytes: 400 })),
    kept: [],
    replaced: [],
    backup: null,
    packageManager: 'npm',
    installed: false,
    repository: false,
    notes: [],
    command: 'npm create electron-ports@1.2.3 my-app -- --topology worker-window',
    next: ['cd my-app', 'npm install', 'npm run dev'],
    versions: { 'create-electron-ports': '1.2.3', node: process.versions.node },
    elapsedMs: expect.any(Number),
  })
})

describe('quoteForShell', () => {
  it.each([
    ['my-app', 'my-app', 'my-app'],
    ['../a_b/c.d', '../a_b/c.d', '../a_b/c.d'],
    ['My Apps/a', `'My Apps/a'`, `"My Apps/a"`],
    ['$HOME', `'$HOME'`, `"$HOME"`],
    [String.raw`C:\apps\a`, String.raw`'C:\apps\a'`, String.raw`"C:\apps\a"`],
    ['', `''`, `""`],
  ])('makes one word of "%s"', (argument, posix, windows) => {
    expect(quoteForShell(argument, 'linux')).toBe(posix)
    expect(quoteForShell(argument, 'win32')).toBe(windows)
  })
})

it.each([
  ['npm/11.19.1 node/v20.20.2 linux x64 workspaces/false', 'npm'],
  ['pnpm/9.1.0 npm/? node/v22.12.0 darwin arm64', 'pnpm'],
  ['yarn/1.22.22 npm/? node/v20.20.2 linux x64', 'yarn'],
  ['bun/1.2.0 npm/? node/v22.12.0 linux x64', 'bun'],
  ['cnpm/9.0.0', 'npm'],
  [undefined, 'npm'],
])('takes "%s" for %s', (userAgent, name) => {
  expect(detectPackageManager(userAgent)).toBe(name)
})
