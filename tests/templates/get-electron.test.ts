import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder } from '../folders.ts'

const script = readFileSync(
  join(import.meta.dirname, '../../templates/base/scripts/get-electron.mjs'),
  'utf8',
)

/** Runs the script in a project whose electron package has the given installer. */
function run(installer: string, env: Record<string, string> = {}) {
  return runWith(
    {
      'node_modules/electron/package.json': '{ "name": "electron" }',
      'node_modules/electron/install.js': installer,
    },
    env,
  )
}

/** Runs the script in a project that has `files` beside it. */
function runWith(files: Record<string, string>, env: Record<string, string>) {
  const project = makeFolder({ 'scripts/get-electron.mjs': script, ...files })
  const withoutElectron = { ELECTRON_EXEC_PATH: '', ELECTRON_OVERRIDE_DIST_PATH: '' }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/get-electron.mjs'], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, ...withoutElectron, npm_lifecycle_event: 'dev', ...env },
  })
  return { status, stdout, stderr }
}

const DOWNLOADS = 'console.log("downloading")'
const FAILS = 'process.exit(1)'

test('has the electron package download its binary', () => {
  expect(run(DOWNLOADS)).toEqual({ status: 0, stdout: 'downloading\n', stderr: '' })
})

test('fails in words before a start, when the download fails', () => {
  expect(run(FAILS)).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'Electron could not be downloaded. Check the network, then run: npx install-electron --no\n',
  })
})

test('does not fail an install, when the download fails, but says so', () => {
  const { status, stderr } = run(FAILS, { npm_lifecycle_event: 'postinstall' })
  expect(status).toBe(0)
  expect(stderr).toContain('Electron could not be downloaded.')
})

test('downloads nothing in an install with ELECTRON_SKIP_BINARY_DOWNLOAD', () => {
  const skip = { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }
  expect(run(DOWNLOADS, { npm_lifecycle_event: 'postinstall', ...skip }).stdout).toBe('')
  expect(run(DOWNLOADS, skip).stdout).toBe('downloading\n')
})

test.each(['ELECTRON_EXEC_PATH', 'ELECTRON_OVERRIDE_DIST_PATH'])(
  'uses what %s names instead, which must be there',
  (variable) => {
    expect(run(DOWNLOADS, { [variable]: process.execPath })).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    })
    expect(run(DOWNLOADS, { [variable]: '/nowhere' })).toEqual({
      status: 1,
      stdout: '',
      stderr: `${variable} is set to "/nowhere", which does not exist.\n`,
    })
  },
)

describe('where development dependencies were left out', () => {
  test('ends an install in silence: no Electron is wanted', () => {
    expect(runWith({}, { npm_lifecycle_event: 'postinstall' })).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    })
  })

  test.each(['dev', 'start', 'test:e2e'])(
    'fails before "%s", and says what is missing',
    (event) => {
      expect(runWith({}, { npm_lifecycle_event: event })).toEqual({
        status: 1,
        stdout: '',
        stderr:
          'Electron is not installed. It is a development dependency: install those as well.\n',
      })
    },
  )
})
