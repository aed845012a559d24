import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeFolder, readTree } from '../folders.ts'
import { runBefore, runCli } from './run-cli.ts'

const TOPOLOGY = ['--topology', 'main-port']
const MINE = { 'my-app/package.json': 'mine', 'my-app/src/main/index.ts': 'mine' }

/** Kills the run at its third move, when something is moved and something is not. */
const KILL = runBefore(`
  import fs from 'node:fs'
  const rename = fs.rename
  let count = 0
  fs.rename = (...args) => {
    count += 1
    if (count === 3) process.kill(process.pid, 'SIGKILL')
    rename(...args)
  }`)

describe('a clone with a journal of its own', () => {
  const makeClone = () => {
    const home = makeFolder({
      '.ssh/id_ed25519': 'secret',
      '.ssh/authorized_keys': 'mine',
      'clone/.create-electron-ports-x-99999999-a/journal.json': JSON.stringify({
        moves: ['link/id_ed25519'],
        replaced: ['link/authorized_keys'],
        backup: 'b',
      }),
      'clone/b/link/authorized_keys': 'planted',
      'clone/notes.txt': '',
    })
    symlinkSync('../.ssh', join(home, 'clone/link'), 'junction')
    return home
  }

  it.each([[[]], [['--force']], [['--dry-run']]])(
    'takes nothing out of the home of its user, and puts nothing there, with %j',
    (flags) => {
      const home = makeClone()
      const before = readTree(home)
      const { stderr } = runCli(['.', ...TOPOLOGY, ...flags], { cwd: join(home, 'clone') })
      const after = readTree(home)
      for (const path of Object.keys(before)) expect(after[path]).toBe(before[path])
      expect(stderr).toContain(
        `What looks like the remains of killed runs in "${join(home, 'clone')}" is known to no record of yours, and was left alone: .create-electron-ports-x-99999999-a. Delete it when you need nothing of it.\n`,
      )
    },
  )
})

describe.each([
  ['is no folder', '/dev/null'],
  ['cannot be written to', '/proc/1'],
  ['is not absolute', 'home'],
])('where the home %s', (_what, home) => {
  const env = { HOME: home, XDG_STATE_HOME: '', LOCALAPPDATA: '' }

  it('a project is made all the same', () => {
    const cwd = makeFolder()
    expect(runCli(['my-app', ...TOPOLOGY], { cwd, env })).toMatchObject({ status: 0, stderr: '' })
  })

  it.skipIf(process.platform === 'win32')(
    'a folder in use is written into with a warning, and a killed run loses nothing',
    () => {
      const cwd = makeFolder(MINE)
      const warning = /^No record of this run can be kept \(.+\): should it be killed, the next/
      const killed = runCli(['my-app', ...TOPOLOGY, '--force'], { cwd, env, nodeOptions: [KILL] })
      expect(killed.stderr).toMatch(warning)
      const tree = readTree(cwd)
      const backup = Object.entries(tree).filter(([path]) => path.includes('/backup-'))
      expect(backup).toContainEqual([expect.stringContaining('package.json'), 'mine'])
      const next = runCli(['my-app', ...TOPOLOGY], { cwd, env })
      expect(next.stderr).toContain('is known to no record of yours, and was left alone:')
      expect(readTree(cwd)).toEqual(tree)
      const last = runCli(['my-app', ...TOPOLOGY, '--force'], { cwd, env })
      expect(last).toMatchObject({ status: 0, stderr: expect.stringContaining('No record of') })
    },
  )
})

describe.skipIf(process.platform === 'win32')('what a killed run has left', () => {
  it('is undone by the next, which says so before and after', () => {
    const cwd = makeFolder(MINE)
    const folder = join(cwd, 'my-app')
    runCli(['my-app', ...TOPOLOGY, '--force'], { cwd, nodeOptions: [KILL] })
    const { stdout, stderr, status } = runCli(['my-app', ...TOPOLOGY, '--force', '--json'], { cwd })
    expect(status).toBe(0)
    const [before = '', after = ''] = stderr.split('\n')
    expect(before).toBe(
      `A run that was killed had left "${folder}" between old and new: everything is put back as it was before.`,
    )
    expect(after).toContain(`"${folder}" is as it was before; what that run had written is in "`)
    expect(JSON.parse(stdout).notes).toEqual([before, after])
  })
})
