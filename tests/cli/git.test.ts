import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeFolder, readTree } from '../folders.ts'
import { installIn } from './install-in.ts'
import { A_KNOWN_GIT, AN_UNKNOWN_GIT } from './known-git.ts'
import { runCli } from './run-cli.ts'

const ARGS = ['--topology', 'main-port', '--git']

const SPY = '#!/bin/sh\ntouch "$RAN"\n'

describe.skipIf(process.platform === 'win32')('nothing that came with the folder is run', () => {
  /** A folder `my-app` with those files, each of which may be run; and a file that is there once one was. */
  const makeArchive = (files: Record<string, string>) => {
    const cwd = makeFolder(files)
    for (const path of Object.keys(files)) chmodSync(join(cwd, path), 0o755)
    return { cwd, env: { ...A_KNOWN_GIT, RAN: join(cwd, 'ran') } }
  }

  it.each([
    [
      'hooks and settings that name programs',
      {
        'my-app/.git/hooks/pre-commit': SPY,
        'my-app/.git/hooks/post-index-change': SPY,
        'my-app/.git/spy': SPY,
        'my-app/.git/config': '[core]\n\tfsmonitor = .git/spy\n\thooksPath = .git/hooks\n',
      },
    ],
    ['hooks and a head', { 'my-app/.git/hooks/pre-commit': SPY, 'my-app/.git/HEAD': 'ref: a' }],
    ['a file that says where the repository is', { 'my-app/.git': 'gitdir: ../elsewhere\n' }],
  ])('of a .git with %s: it is an obstacle', (_what, files: Record<string, string>) => {
    const { cwd, env } = makeArchive(files)
    const before = readTree(cwd)
    const { status, stdout } = runCli(['my-app', ...ARGS], { cwd, env })
    expect(status).toBe(0)
    expect(stdout).toContain(
      `No repository was made: "${join(cwd, 'my-app/.git')}" is there, and is no repository.\n`,
    )
    expect(readTree(cwd)).toMatchObject(before)
    expect(readTree(cwd)).not.toHaveProperty(['ran'])
  })

  it('of a .git that is a link to such a folder, or to nothing', () => {
    for (const files of [{ 'half/hooks/pre-commit': SPY }, { 'a.txt': '' }]) {
      const { cwd, env } = makeArchive(files as Record<string, string>)
      mkdirSync(join(cwd, 'my-app'))
      symlinkSync('../half', join(cwd, 'my-app/.git'))
      const { status, stdout } = runCli(['my-app', ...ARGS], { cwd, env })
      expect(status).toBe(0)
      expect(stdout).toContain('/.git" is there, and is no repository.\n')
      rmSync(join(cwd, 'my-app/.git'))
      expect(readTree(cwd)).not.toHaveProperty(['ran'])
      expect(readTree(cwd)).not.toHaveProperty(['half/HEAD'])
    }
  })

  it('of a whole repository: it is left alone', () => {
    const { cwd, env } = makeArchive({ 'my-app/.git/hooks/pre-commit': SPY })
    execFileSync('git', ['init', '--quiet', 'my-app'], { cwd })
    execFileSync('git', ['config', 'core.fsmonitor', join(cwd, 'my-app/.git/hooks/pre-commit')], {
      cwd: join(cwd, 'my-app'),
    })
    const { stdout } = runCli(['my-app', ...ARGS], { cwd, env })
    expect(stdout).toContain('No repository was made: the folder is in a repository already.\n')
    expect(readTree(cwd)).not.toHaveProperty(['ran'])
  })

  it('of programs in it, with a PATH that leads there', () => {
    const { cwd, env } = makeArchive({ git: SPY, npm: SPY, 'my-app/git': SPY, 'my-app/npm': SPY })
    const bin = makeFolder({ npm: `#!/bin/sh\n${installIn('.')}\n` })
    chmodSync(join(bin, 'npm'), 0o755)
    const path = ['.', '', 'my-app', bin, process.env['PATH']].join(delimiter)
    const { status, stdout } = runCli(['my-app', ...ARGS, '--install', '--force'], {
      cwd,
      env: { ...env, PATH: path },
    })
    expect(status).toBe(0)
    expect(stdout).toContain('Made a git repository, with a first commit.\n')
    expect(readTree(cwd)).not.toHaveProperty(['ran'])
  })
})

describe('git itself says who commits', () => {
  const authorIn = (cwd: string): string =>
    execFileSync('git', ['log', '--format=%an <%ae>'], { cwd: join(cwd, 'my-app') }).toString()

  const INCLUDED = '[user]\n\tname = Emma\n\temail = emma@work.example\n'

  it.each([
    ['gitdir:~/work/', 'work'],
    ['gitdir/i:~/WORK/', 'work'],
    ['gitdir:my-app/.git', 'elsewhere'],
  ])('by a condition on the place, such as %s', (condition, folder) => {
    const home = makeFolder({
      '.gitconfig': `[user]\n\tuseConfigOnly = true\n[includeIf "${condition}"]\n\tpath = .emma\n`,
      '.emma': INCLUDED,
      [`${folder}/other.txt`]: '',
    })
    const env = { HOME: home, USERPROFILE: home, GIT_CONFIG_SYSTEM: '/dev/null' }
    const cwd = join(home, folder)
    expect(runCli(['my-app', ...ARGS], { cwd, env }).stdout).toContain('Made a git repository')
    expect(authorIn(cwd)).toBe('Emma <emma@work.example>\n')
    const outside = runCli(['my-app-2', ...ARGS], { cwd: home, env })
    expect(outside.stdout).toContain(
      'No repository was made: git does not know your name and email.\n',
    )
    expect(readTree(join(home, 'my-app-2'))).not.toHaveProperty(['.git'])
  })

  it.each([
    [
      'the environment',
      {
        GIT_AUTHOR_NAME: 'Emma',
        GIT_AUTHOR_EMAIL: 'e@e.example',
        GIT_COMMITTER_NAME: 'Emma',
        GIT_COMMITTER_EMAIL: 'e@e.example',
      },
    ],
    [
      'settings for author and committer',
      {
        GIT_CONFIG_COUNT: '4',
        GIT_CONFIG_KEY_0: 'author.name',
        GIT_CONFIG_VALUE_0: 'Emma',
        GIT_CONFIG_KEY_1: 'author.email',
        GIT_CONFIG_VALUE_1: 'e@e.example',
        GIT_CONFIG_KEY_2: 'committer.name',
        GIT_CONFIG_VALUE_2: 'Emma',
        GIT_CONFIG_KEY_3: 'committer.email',
        GIT_CONFIG_VALUE_3: 'e@e.example',
      },
    ],
  ])('by %s', (_what, env: Record<string, string>) => {
    const cwd = makeFolder()
    const run = runCli(['my-app', ...ARGS], { cwd, env: { ...AN_UNKNOWN_GIT, ...env } })
    expect(run.stdout).toContain('Made a git repository, with a first commit.\n')
    expect(authorIn(cwd)).toBe('Emma <e@e.example>\n')
  })

  it('and where only one of author and committer is known, there is no repository', () => {
    const cwd = makeFolder()
    const env = { ...AN_UNKNOWN_GIT, GIT_AUTHOR_NAME: 'Emma', GIT_AUTHOR_EMAIL: 'e@e.example' }
    const { stdout } = runCli(['my-app', ...ARGS], { cwd, env })
    expect(stdout).toContain('No repository was made: git does not know your name and email.\n')
  })
})
