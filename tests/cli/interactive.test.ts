import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import headless from '@xterm/headless'
import { describe, expect, it } from 'vitest'
import { makeFolder, readTree } from '../folders.ts'
import { A_KNOWN_GIT, AN_UNKNOWN_GIT } from './known-git.ts'
import { LAUNCHER, runBefore, runCli } from './run-cli.ts'

const { Terminal } = headless

/** In the order in which they are asked for. */
const [FIRST_FEATURE] = readdirSync('templates/features').toSorted()

const TERMINAL = fileURLToPath(new URL('./terminal.py', import.meta.url))

const ENTER = '\r'
const DOWN = '\u001B[B'
const ESCAPE = '\u001B'
const CTRL_C = '\u0003'

const DIRECTORY_QUESTION = 'Where to make the project?'
const TOPOLOGY_QUESTION = 'Which topologies?'
const UI_QUESTION = 'In what are its pages?'
const FEATURE_QUESTION = 'What else?'
const INSTALL_QUESTION = 'Install the dependencies?'
const GIT_QUESTION = 'Make a git repository'

/** Colours as a user sees them, wherever the tests run, and a git that knows nobody. */
const A_USERS_TERMINAL = {
  TERM: 'xterm-256color',
  CI: undefined,
  FORCE_COLOR: undefined,
  NO_COLOR: undefined,
  ...AN_UNKNOWN_GIT,
  npm_config_user_agent: 'npm/11',
}

/** When what gives way is moved, and nothing else yet. */
const KILL_AT_THE_FIRST_NEW_FILE = `
  import fs from 'node:fs'
  const rename = fs.rename
  fs.rename = (from, to, done) =>
    from.includes('new') ? process.kill(process.pid, 'SIGKILL') : rename(from, to, done)`

type Step = [waitFor: string, type: string | null]

/** Runs the built command in a real terminal and types the keys of each step once its text shows. */
function runInTerminal(
  cwd: string,
  args: string[],
  steps: Step[],
  env: Record<string, string> = {},
  columns = 80,
) {
  const command = [process.execPath, LAUNCHER, ...args]
  const { status, stdout } = spawnSync(
    'python3',
    [TERMINAL, String(columns), JSON.stringify(steps), ...command],
    {
      cwd,
      encoding: 'utf8',
      timeout: 20_000,
      env: { ...process.env, ...A_USERS_TERMINAL, ...env },
    },
  )
  return { status, output: stdout, screen: stripVTControlCharacters(stdout) }
}

/** What a terminal shows after that output, without its empty lines at the end. */
async function drawScreen(output: string, columns: number): Promise<string> {
  const terminal = new Terminal({ cols: columns, rows: 24, allowProposedApi: true })
  await new Promise<void>((resolve) => terminal.write(output, resolve))
  const { active } = terminal.buffer
  const lines = Array.from({ length: active.length }, (_, index) =>
    active.getLine(index)?.translateToString(true),
  )
  return `${lines.join('\n').trimEnd()}\n`
}

// Python has no terminals on Windows.
describe.skipIf(process.platform === 'win32')('in a terminal', () => {
  it('asks for directory, topologies and install, and makes the project', () => {
    const cwd = makeFolder()
    const { status, screen } = runInTerminal(
      cwd,
      [],
      [
        [DIRECTORY_QUESTION, `desktop${ENTER}`],
        [TOPOLOGY_QUESTION, ENTER],
        [UI_QUESTION, ENTER],
        [FEATURE_QUESTION, ENTER],
        [INSTALL_QUESTION, ENTER],
      ],
    )
    expect(status).toBe(0)
    expect(screen).toContain('Created desktop:')
    expect(screen).not.toContain(GIT_QUESTION)
    expect(readTree(cwd)).toHaveProperty(['desktop/package.json'])
  })

  it('makes the same from answers as from flags', () => {
    const [asked, told] = [makeFolder(), makeFolder()]
    const { status } = runInTerminal(
      asked,
      [],
      [
        [DIRECTORY_QUESTION, ENTER],
        [TOPOLOGY_QUESTION, `${DOWN}${DOWN}${DOWN} ${DOWN} ${ENTER}`],
        [UI_QUESTION, ENTER],
        [FEATURE_QUESTION, ENTER],
        [INSTALL_QUESTION, ENTER],
      ],
    )
    expect(status).toBe(0)
    runInTerminal(told, ['my-app', '--topology', 'main-world,worker-window,main-port'], [])
    expect(readTree(asked)).toEqual(readTree(told))
  })

  it('leaves out what a project need not have, from answers as from flags', () => {
    const [asked, told] = [makeFolder(), makeFolder()]
    const { screen } = runInTerminal(
      asked,
      ['my-app', '--no-install', '--no-git'],
      [
        [TOPOLOGY_QUESTION, ENTER],
        [UI_QUESTION, ENTER],
        [FEATURE_QUESTION, ` ${ENTER}`],
      ],
    )
    expect(screen).toContain('my-app -- --topology worker-window --no-')
    runCli(['my-app', '-t', 'worker-window', `--no-${FIRST_FEATURE}`], { cwd: told })
    expect(readTree(asked)).toEqual(readTree(told))
  })

  it('asks nothing of what the flags leave out', () => {
    const args = ['my-app', '--no-install', '--no-git', `--no-${FIRST_FEATURE}`]
    const { status, screen } = runInTerminal(makeFolder(), args, [
      [TOPOLOGY_QUESTION, ENTER],
      [UI_QUESTION, ENTER],
    ])
    expect(status).toBe(0)
    expect(screen).not.toContain(FEATURE_QUESTION)
  })

  it('makes the pages in a framework that is chosen', () => {
    const [asked, told] = [makeFolder(), makeFolder()]
    const { status, screen } = runInTerminal(
      asked,
      ['my-app', '--no-install', '--no-git'],
      [
        [TOPOLOGY_QUESTION, ENTER],
        [UI_QUESTION, `${DOWN}${ENTER}`],
        [FEATURE_QUESTION, ENTER],
      ],
      {},
      200,
    )
    expect(status).toBe(0)
    expect(screen).toContain('With React a topology comes as its skeleton')
    runCli(['my-app', '--topology', 'worker-window', '--ui', 'react'], { cwd: told })
    expect(readTree(asked)).toEqual(readTree(told))
  })

  it('makes a graph of one’s own, which it draws as it grows', () => {
    const [asked, told] = [makeFolder(), makeFolder()]
    const ADD_QUESTION = 'Add what?'
    const { status, screen } = runInTerminal(
      asked,
      ['my-app', '--no-install', '--no-git'],
      [
        [TOPOLOGY_QUESTION, ` ${DOWN} ${ENTER}`],
        [UI_QUESTION, ENTER],
        [FEATURE_QUESTION, ENTER],
        [ADD_QUESTION, ENTER],
        ['Its name?', `app${ENTER}`],
        ['There is a node "app" already.', '\b\b\bsearch' + ENTER],
        ['What is "search"?', `${DOWN}${DOWN}${ENTER}`],
        ['How many of "search"?', ENTER],
        [ADD_QUESTION, ENTER],
        ['Its name?', `document${ENTER}`],
        ['What is "document"?', ENTER],
        ['How many of "document"?', `${DOWN}${ENTER}`],
        [ADD_QUESTION, `${DOWN}${ENTER}`],
        ['Its name, for what is said on it?', `find${ENTER}`],
        ['Who opens it?', ENTER],
        ['Who serves it?', `${DOWN}${ENTER}`],
        ['── find ──▶', `${DOWN}${ENTER}`],
        ['Its name, for what is said on it?', `talk${ENTER}`],
        ['Who opens it?', `${DOWN}${ENTER}`],
        ['Who serves it?', `${DOWN}${ENTER}`],
        ['── talk ──▶', `${DOWN}${DOWN}${ENTER}`],
      ],
    )
    expect(status).toBe(0)
    expect(screen).toContain('Created my-app:')
    const nodes = ['--node', 'search:utility-process', '--node', 'document:window:many']
    const links = ['--link', 'find:app:search', '--link', 'talk:document:document']
    runCli(['my-app', ...nodes, ...links], { cwd: told })
    expect(readTree(asked)).toEqual(readTree(told))
  })

  it('makes a repository with a first commit when git knows who makes it', () => {
    const cwd = makeFolder()
    const { status } = runInTerminal(
      cwd,
      [],
      [
        [DIRECTORY_QUESTION, ENTER],
        [TOPOLOGY_QUESTION, ENTER],
        [UI_QUESTION, ENTER],
        [FEATURE_QUESTION, ENTER],
        [INSTALL_QUESTION, ENTER],
        [GIT_QUESTION, ENTER],
      ],
      A_KNOWN_GIT,
    )
    expect(status).toBe(0)
    const log = execFileSync('git', ['log', '--format=%an %s'], { cwd: join(cwd, 'my-app') })
    expect(log.toString()).toMatch(/^Emma Start with create-electron-ports \d/)
  })

  it('asks about a repository where only that can tell who commits in it', () => {
    const home = makeFolder({
      '.gitconfig':
        '[user]\n\tuseConfigOnly = true\n[includeIf "gitdir:~/work/"]\n\tpath = .emma\n',
      '.emma': '[user]\n\tname = Emma\n\temail = emma@example.org\n',
      'work/other.txt': '',
    })
    const { status, screen } = runInTerminal(
      join(home, 'work'),
      ['--no-install'],
      [
        [DIRECTORY_QUESTION, ENTER],
        [TOPOLOGY_QUESTION, ENTER],
        [UI_QUESTION, ENTER],
        [FEATURE_QUESTION, ENTER],
        [GIT_QUESTION, ENTER],
      ],
      { HOME: home, GIT_CONFIG_GLOBAL: join(home, '.gitconfig') },
    )
    expect(status).toBe(0)
    expect(screen).toContain('Made a git repository, with a first commit.')
  })

  it.each([
    ['y', 0, expect.stringContaining('"my-app"')],
    // It is in the backup still.
    ['n', 130, undefined],
  ])(
    'asks before it undoes what a killed run has left, and on "%s" ends with %i',
    (key, code, file) => {
      const cwd = makeFolder({ 'my-app/package.json': 'mine' })
      const args = ['my-app', '--topology', 'main-port', '--force']
      const kill = runBefore(KILL_AT_THE_FIRST_NEW_FILE)
      spawnSync(process.execPath, [kill, LAUNCHER, ...args], { cwd })
      const { status, screen } = runInTerminal(cwd, args, [['Undo it?', key]])
      expect(status).toBe(code)
      expect(screen).toContain('between old and new: everything is put back as it was before.')
      expect(screen.includes('Cancelled. Nothing was undone, and nothing written.')).toBe(code > 0)
      expect(readTree(cwd)['my-app/package.json']).toEqual(file)
    },
  )

  it.each([
    ['y', 0, 'Changed:'],
    ['n', 130, 'Cancelled. Nothing was undone, and nothing written.'],
  ])('asks the same where a project was growing, and on "%s" ends with %i', (key, code, last) => {
    const cwd = join(makeFolder(), 'my-app')
    runCli([cwd, '--topology', 'main-port', '--git'], { cwd: dirname(cwd), env: A_KNOWN_GIT })
    const kill = runBefore(KILL_AT_THE_FIRST_NEW_FILE)
    spawnSync(process.execPath, [kill, LAUNCHER, 'add', 'reply-stream'], { cwd })
    const steps: Step[] = [['Undo it?', key]]
    const { status, screen } = runInTerminal(cwd, ['add', 'reply-stream'], steps, {}, 200)
    expect({ status, screen }).toEqual({ status: code, screen: expect.stringContaining(last) })
  })

  it('takes ~ for the home folder, as a shell would, and refuses what only a shell understands', () => {
    const cwd = makeFolder()
    const home = makeFolder({ 'projects/other.txt': '' })
    const { status, screen } = runInTerminal(
      cwd,
      ['--no-install', '--no-git'],
      [
        [DIRECTORY_QUESTION, `$HOME/projects/my-app${ENTER}`],
        ['which only a shell', `${'\b'.repeat(21)}~/projects/my-app${ENTER}`],
        [TOPOLOGY_QUESTION, ENTER],
        [UI_QUESTION, ENTER],
        [FEATURE_QUESTION, ENTER],
      ],
      { HOME: home },
      200,
    )
    expect(status).toBe(0)
    expect(screen).toContain(`cd ${home}/projects/my-app`)
    expect(readTree(home)).toHaveProperty(['projects/my-app/package.json'])
    expect(readTree(cwd)).toEqual({})
  })

  it('asks only for what was not given', () => {
    const cwd = makeFolder()
    const { status, screen } = runInTerminal(
      cwd,
      ['my-app', '--no-install', '--no-git'],
      [
        [TOPOLOGY_QUESTION, ENTER],
        [UI_QUESTION, ENTER],
        [FEATURE_QUESTION, ENTER],
      ],
    )
    expect(status).toBe(0)
    expect(screen).not.toContain(DIRECTORY_QUESTION)
  })

  it.each([80, 40])('shows who talks to whom under the cursor, at %d columns', async (columns) => {
    const { output } = runInTerminal(
      makeFolder(),
      ['my-app'],
      [
        [TOPOLOGY_QUESTION, `${DOWN}${DOWN}`],
        ['', null],
      ],
      {},
      columns,
    )
    const screen = await drawScreen(output, columns)
    await expect(screen).toMatchFileSnapshot(`../snapshots/terminal/topologies-${columns}.txt`)
  })

  it('shows a finished flow, without colours too', async () => {
    const steps: Step[] = [
      [DIRECTORY_QUESTION, ENTER],
      [TOPOLOGY_QUESTION, ENTER],
      [UI_QUESTION, ENTER],
      [FEATURE_QUESTION, ENTER],
      [INSTALL_QUESTION, ENTER],
    ]
    const cwd = makeFolder()
    const { output } = runInTerminal(cwd, [], steps, { NO_COLOR: '1' })
    const screen = (await drawScreen(output, 200)).replaceAll(cwd, '/home/emma')
    await expect(screen.replace(/\d+ files, [\d.]+ kB/, 'N files, N kB')).toMatchFileSnapshot(
      '../snapshots/terminal/flow.txt',
    )
  })

  it.each([80, 40])('keeps the topologies within %d columns', (columns) => {
    const { screen } = runInTerminal(makeFolder(), ['list', '--diagram'], [], {}, columns)
    const tooLong = screen.split('\r\n').filter((line) => line.length > columns)
    expect(tooLong).toEqual([])
    expect(screen).toContain('Choose another for')
  })

  it('asks nothing on a terminal that cannot move its cursor', () => {
    const { status, screen } = runInTerminal(makeFolder(), ['my-app'], [], { TERM: 'dumb' })
    expect(status).toBe(2)
    expect(screen).toContain('The flag --topology is missing')
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
      ['--topology', 'worker-window', '--no-install'],
      [
        [DIRECTORY_QUESTION, `My-app${ENTER}`],
        ['Try "my-app".', `${'\u007F'.repeat(6)}used${ENTER}`],
        ['it holds notes.txt', `-not${ENTER}`],
      ],
    )
    expect(status).toBe(0)
    expect(readTree(cwd)).toHaveProperty(['used-not/package.json'])
  })

  it.each([80, 40])(
    'leaves what is above the question alone, whatever is typed after an error, in %d columns',
    async (columns) => {
      const cwd = makeFolder({ 'used/notes.txt': '' })
      const before = runBefore(`for (let n = 1; n <= 5; n++) console.log('my own line', n)`)
      const { output } = runInTerminal(
        cwd,
        [],
        [
          [DIRECTORY_QUESTION, `used${ENTER}`],
          ['a backup', '\u007F'],
          ['a backup', '\u007F'],
          ['a backup', null],
        ],
        { NODE_OPTIONS: before },
        columns,
      )
      const screen = (await drawScreen(output, columns)).replaceAll('\n', '')
      const above = [1, 2, 3, 4, 5].map((n) => `my own line ${n}`).join('')
      expect(screen).toBe(
        `${above}? ${DIRECTORY_QUESTION} › us› Folder "${join(cwd, 'used')}" is not empty: it holds notes.txt. Choose another directory, or give --force, which keeps the old files as a backup.`,
      )
    },
  )

  it('refuses a folder in use before it asks anything', () => {
    const { status, screen } = runInTerminal(makeFolder({ 'used/notes.txt': 'mine' }), ['used'], [])
    expect(status).toBe(1)
    expect(screen).toMatch(/^Folder ".+" is not empty: it holds notes\.txt\./)
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
