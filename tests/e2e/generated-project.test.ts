import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { runCommand } from '../electron/run-command.ts'
import { runScript } from './project.ts'

/** Its own tests run where Playwright adds `--no-sandbox`, so that they may run as root. */
describeInElectron('A generated project', ({ env }) => {
  const project = inject('workerWindowProject')

  test('passes its type check', async () => {
    await runScript(project, env(), 'typecheck')
  })

  test('passes its linter', async () => {
    await runScript(project, env(), 'lint')
  })

  test('is formatted by its own formatter', async () => {
    await runCommand('npx', ['prettier', '--check', '.'], { cwd: project, timeout: 60_000 })
  })

  test('passes its unit tests', async () => {
    expect(await runScript(project, env(), 'test')).toMatch(/Tests .*8 passed/)
  })

  test('passes its tests in Electron', async () => {
    expect(await runScript(project, env(), 'test:e2e')).toContain('9 passed')
  })

  test('is built for CommonJS, with nothing left to resolve in the preload but Electron', async () => {
    const preload = await readFile(join(project, 'out/preload/index.js'), 'utf8')
    const required = [...preload.matchAll(/require\(["']([^"']+)["']\)/g)].map(([, name]) => name)
    expect(required).toEqual(['electron'])
  })
})
