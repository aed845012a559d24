import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planProject } from '../../src/plan.ts'
import { describeResult } from '../../src/report.ts'
import { detectPackageManager, quoteForShell } from '../../src/shell.ts'
import { CATALOGUE } from './catalogue.ts'

function describeRun(directory: string, packageManager = 'npm'): string {
  const destination = { directory, path: resolve(directory), name: 'my-app' }
  const topologies = new Set(['worker-window'])
  const project = planProject({ destination, topologies }, CATALOGUE, '1.2.3')
  return describeResult({ destination, project, fileCount: 34, packageManager })
}

it('says what was made, what to do next and how to make it again', () => {
  expect(describeRun('my-app')).toBe(`Created my-app: 34 files in ${resolve('my-app')}

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
  expect(describeRun("it's here/my-app", 'pnpm')).toContain(
    String.raw`
  cd 'it'\''s here/my-app'
  pnpm install
  pnpm run dev
`,
  )
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
