import { spawnSync } from 'node:child_process'
import { mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeFolder, readTree } from '../folders.ts'
import { LAUNCHER, runCli } from './run-cli.ts'

const TOPOLOGY = ['--topology', 'main-port']

/** Runs the command in a shell, after what is to come before. */
function runInShell(before: string, args: string[], after = '') {
  const script = `${before}; "$0" "$@" ${after}`
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', script, process.execPath, LAUNCHER, ...args],
    { cwd: makeFolder(), encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

describe.skipIf(process.platform === 'win32')('in a folder that has been deleted', () => {
  const leave = 'mkdir gone && cd gone && rmdir "$PWD"'

  it('a project is made at a full path, and reported', () => {
    const target = join(makeFolder(), 'my-app')
    const { status, stdout } = runInShell(leave, [target, ...TOPOLOGY, '--json', '--no-git'])
    expect({ status, ...JSON.parse(stdout) }).toMatchObject({
      status: 0,
      success: true,
      path: target,
    })
    expect(JSON.parse(stdout).next[0]).toBe(`cd ${target}`)
  })

  it.each([['my-app'], ['.'], ['--yes']])('with %s the run says what is wrong', (argument) => {
    expect(runInShell(leave, [argument, ...TOPOLOGY])).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'The folder you are in is not there any more. Change into one that is, or give the directory as a full path.\n',
    })
  })

  it.each(['list', '--help', '--version'])('%s is shown', (argument) => {
    expect(runInShell(leave, [argument])).toMatchObject({ status: 0, stderr: '' })
  })
})

describe.skipIf(process.platform !== 'linux')('output that cannot be written', () => {
  it.each([
    [['--help']],
    [['--version']],
    [['list']],
    [['list', '--json']],
    [['completion', 'zsh']],
  ])('ends %j with 1, and is told of', (args) => {
    const { status, stderr } = runInShell(':', args, '> /dev/full')
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'Could not write the output: the disk is full.\n',
    })
  })

  it.each([[[]], [['--json']]])('ends a run with 1 that made a project, with %j', (flags) => {
    const cwd = makeFolder()
    const { status, stderr } = spawnSync(
      process.execPath,
      [LAUNCHER, 'my-app', ...TOPOLOGY, ...flags],
      { cwd, encoding: 'utf8', stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] },
    )
    expect(status).toBe(1)
    expect(stderr).toBe('Could not write the output: the disk is full.\n')
    expect(readTree(cwd)).toHaveProperty(['my-app/package.json'])
  })

  it('is no fault of a reader that has seen enough', () => {
    expect(runInShell(':', ['list'], '| true')).toMatchObject({ status: 0, stderr: '' })
  })
})

describe.skipIf(process.platform === 'win32')(
  'nothing that others have written reaches the terminal raw',
  () => {
    const EVIL = ['\u001B[2J', '\u009B31m', 'a\rb', 'a\nb', '\u202Etxt', '\u001B]0;title\u0007']

    it.each([[[]], [['--json']], [['--debug']], [['--dry-run']]])(
      'not of names of files, with %j',
      (flags) => {
        const cwd = makeFolder()
        mkdirSync(join(cwd, 'my-app'))
        for (const name of EVIL) writeFileSync(join(cwd, 'my-app', name), '')
        const { status, stdout, stderr } = runCli(['my-app', ...TOPOLOGY, ...flags], { cwd })
        expect(status).toBe(1)
        expect(stderr).toContain(String.raw`\x1b[2J`)
        expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\u202E/u)
      },
    )

    it.each(
      EVIL.flatMap((text) => [
        [[text, ...TOPOLOGY]],
        [[`--${text}`]],
        [['--topology', text]],
        [['my-app', ...TOPOLOGY, '--name', text]],
        [['--pm', text]],
        [['completion', text]],
        [['list', text]],
      ]),
    )('not of arguments: %j', (args) => {
      const { status, stdout, stderr } = runCli(args, { cwd: makeFolder() })
      expect(status).toBe(2)
      expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\u202E/u)
    })

    it('not of what looks like the remains of a killed run', () => {
      const cwd = makeFolder()
      for (const text of EVIL)
        mkdirSync(join(cwd, `my-app/.create-electron-ports-${text}`), { recursive: true })
      const { status, stdout, stderr } = runCli(['my-app', ...TOPOLOGY, '--json'], { cwd })
      expect(status).toBe(0)
      expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\u202E/u)
      expect(JSON.parse(stdout).notes[0]).toContain('left alone: .create-electron-ports-')
    })
  },
)
