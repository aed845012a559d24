import { execFile } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { version } from '../../package.json'
import { makeFolder, readTree } from '../folders.ts'
import { LAUNCHER } from './run-cli.ts'

// On Windows npm looks for a .cmd file.
describe.skipIf(process.platform === 'win32')('run by npm itself', () => {
  /** A package that has this command, and npm's answer to `npm exec create-electron-ports …` there. */
  async function npmExec(words: string[]) {
    const cwd = makeFolder({ 'package.json': '{"private":true}' })
    mkdirSync(join(cwd, 'node_modules/.bin'), { recursive: true })
    symlinkSync(LAUNCHER, join(cwd, 'node_modules/.bin/create-electron-ports'))
    const args = ['exec', 'create-electron-ports', ...words]
    const run = await promisify(execFile)('npm', args, { cwd }).catch((error) => error)
    return { run, isMade: 'my-app/package.json' in readTree(cwd) }
  }

  it('writes nothing where npm kept --dry-run, and says what to run', async () => {
    const { run, isMade } = await npmExec(['my-app', '--dry-run', '--', '-t', 'main-port'])
    expect(isMade).toBe(false)
    expect(run.code).toBe(2)
    expect(run.stderr).toContain(
      `npm kept --dry-run for itself. For this command, run: npx create-electron-ports@${version} my-app -t main-port --dry-run\n`,
    )
  })

  it('makes the project where all flags stand after "--"', async () => {
    expect(await npmExec(['--', 'my-app', '-t', 'main-port'])).toMatchObject({ isMade: true })
  })
})
