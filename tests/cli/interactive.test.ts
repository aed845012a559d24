import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { makeFolder, readTree } from '../folders.ts'
import { LAUNCHER } from './run-cli.ts'

const TERMINAL = fileURLToPath(new URL('./terminal.py', import.meta.url))

const ENTER = '\r'
const ESCAPE = '\u001B'
const CTRL_C = '\u0003'

const DIRECTORY_QUESTION = 'Where to make the project?'
const TOPOLOGY_QUESTION = 'Who runs where, and talks to whom?'

/** Colours as a user sees them, wherever the tests run. */
const A_USERS_TERMINAL = {
  TERM: 'xterm-256color',
  CI: undefined,
  FORCE_COLOR: undefined,
  NO_COLOR: undefined,
}

type Step = [waitFor: string, type: string]

/** Runs the built command in a real terminal and types the keys of each step once its text shows. */
function runInTerminal(cwd: string, args: string[], steps: Step[], env = {}) {
  const command = [process.execPath, LAUNCHER, ...args]
  const { status, stdout } = spawnSync('python3', [TERMINAL, JSON.stringify(steps), ...command], {
    cwd,
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...process.env, ...A_USERS_TERMINAL, ...env },
  })
  return { status, output: stdout, screen: stripVTControlCharacters(stdout) }
}

// Python has no terminals on Windows.
describe.skipIf(process.platform === 'win32')('in a terminal', () => {
  it('asks for directory and topology, and makes the project', () => {
    const cwd = makeFolder()
    const { status, screen } = runInTerminal(
      cwd,
      [],
      [
        [DIRECTORY_QUESTION, `desktop${ENTER}`],
        [TOPOLOGY_QUESTION, ENTER],
      ],
    )
    expect(status).toBe(0)
    expect(screen).toContain('Created desktop:')
    expect(readTree(cwd)).toHaveProperty(['desktop/package.json'])
  })

  it('takes Enter for my-app', () => {
    const cwd = makeFolder()
    runInTerminal(cwd, ['--topology', 'worker-window'], [[DIRECTORY_QUESTION, ENTER]])
    expect(readTree(cwd)).toHaveProperty(['my-app/package.json'])
  })

  it('asks only for what was not given', () => {
    const cwd = makeFolder()
    const { status, screen } = runInTerminal(cwd, ['my-app'], [[TOPOLOGY_QUESTION, ENTER]])
    expect(status).toBe(0)
    expect(screen).not.toContain(DIRECTORY_QUESTION)
  })

  it('asks nothing when everything was given', () => {
    const cwd = makeFolder()
    const { status, screen } = runInTerminal(cwd, ['my-app', '--topology', 'worker-window'], [])
    expect(status).toBe(0)
    expect(screen).toMatch(/^Created my-app:/)
  })

  it('shows colours, unless NO_COLOR is set', () => {
    const args = ['my-app', '--topology', 'worker-window']
    const green = '\u001B[32mCreated'
    expect(runInTerminal(makeFolder(), args, []).output).toContain(green)
    expect(runInTerminal(makeFolder(), args, [], { NO_COLOR: '1' }).output).toMatch(/^Created/)
  })

  it('says at once what is wrong with a directory, and lets it be corrected', () => {
    const cwd = makeFolder({ 'used/notes.txt': 'mine' })
    const { status } = runInTerminal(
      cwd,
      ['--topology', 'worker-window'],
      [
        [DIRECTORY_QUESTION, `My-app${ENTER}`],
        ['Try "my-app".', `${'\u007F'.repeat(6)}used${ENTER}`],
        ['it holds notes.txt', `-not${ENTER}`],
      ],
    )
    expect(status).toBe(0)
    expect(readTree(cwd)).toHaveProperty(['used-not/package.json'])
  })

  it.each([
    ['Ctrl-C', CTRL_C],
    ['Esc', ESCAPE],
  ])('writes nothing when %s answers the first question', (_, key) => {
    const cwd = makeFolder()
    const { status, screen } = runInTerminal(cwd, [], [[DIRECTORY_QUESTION, key]])
    expect(status).toBe(130)
    expect(screen).toMatch(/\nCancelled\. Nothing was written\.\s*$/)
    expect(readTree(cwd)).toEqual({})
  })

  it('writes nothing when Ctrl-C answers the last question', () => {
    const cwd = makeFolder()
    const { status } = runInTerminal(cwd, ['my-app'], [[TOPOLOGY_QUESTION, CTRL_C]])
    expect(status).toBe(130)
    expect(readTree(cwd)).toEqual({})
  })
})
