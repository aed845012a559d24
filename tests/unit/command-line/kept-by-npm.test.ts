import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { version } from '../../../package.json'
import { parseArguments } from '../../../src/command-line/command.ts'
import { hintAtNpm } from '../../../src/command-line/kept-by-npm.ts'
import { UsageError } from '../../../src/errors.ts'
import { CATALOGUE } from '../catalogue.ts'

const CREATE = { npm_config_user_agent: 'npm/11.19.1 node/v20.20.2', npm_command: 'init' }
const EXEC = { ...CREATE, npm_command: 'exec' }

/** Reads a command line where npm says that of itself. */
function parse(words: string[], env: Record<string, string>) {
  return parseArguments(words, CATALOGUE, version, env)
}

describe('refuses a run of which npm kept', () => {
  // As npm 10, 11 and 12 were seen to say it.
  it.each([
    [['my-app'], { npm_config_dry_run: 'true' }, '--dry-run', 'my-app --dry-run'],
    [['my-app'], { npm_config_topology: 'main-port' }, '--topology', 'my-app --topology main-port'],
    [
      ['my-app', 'main-port', '--git'],
      { npm_config_topology: 'true' },
      '--topology',
      'my-app --git --topology main-port',
    ],
    [
      ['main-port,worker-window', 'my-app'],
      { npm_config_topology: 'true' },
      '--topology',
      'my-app --topology main-port,worker-window',
    ],
    [
      ['main-port', 'main-port'],
      { npm_config_t: 'true' },
      '--topology',
      'main-port --topology main-port',
    ],
    [['my-app'], { npm_config_topology: 'true' }, '--topology', 'my-app --topology NAMES'],
    [
      ['my-app'],
      { npm_config_topology: 'main-port\n\nworker-window' },
      '--topology',
      'my-app --topology main-port,worker-window',
    ],
    [
      ['my-app'],
      { npm_config_parseable: 'true', npm_config_message: 'yarn' },
      '--pm',
      'my-app --pm yarn',
    ],
    [['my-app'], { npm_config_install: 'true' }, '--install', 'my-app --install'],
    [['my-app'], { npm_config_install: '' }, '--no-install', 'my-app --no-install'],
    [['my-app'], { npm_config_git: '' }, '--git', 'my-app --git'],
    [['my-app'], { npm_config_git: 'false' }, '--no-git', 'my-app --no-git'],
    [[], { npm_config_git: 'my-app' }, '--git', '--git my-app'],
    [['my-app'], { npm_config_json: 'true' }, '--json', 'my-app --json'],
    [['my app'], { npm_config_debug: 'true' }, '--debug', "'my app' --debug"],
    [['list'], { npm_config_diagram: 'true' }, '--diagram', 'list --diagram'],
    [
      ['my-app', '-t', 'main-port'],
      { npm_config_dry_run: 'true', npm_config_force: 'true', npm_config_yes: 'true' },
      '--yes, --force, --dry-run',
      'my-app -t main-port --yes --force --dry-run',
    ],
  ])('%j and %j', (words, env, kept, command) => {
    const refusal = (start: string) =>
      new UsageError(`npm kept ${kept} for itself. For this command, run: ${start} ${command}`)
    expect(() => parse(words, { ...CREATE, ...env })).toThrow(
      refusal(`npm create electron-ports@${version} --`),
    )
    expect(() => parse(words, { ...EXEC, ...env })).toThrow(
      refusal(`npx create-electron-ports@${version}`),
    )
  })

  it.each(['run', 'run-script', 'start'])('a flag of a script, by npm %s', (npm_command) => {
    expect(() => parse(['my-app'], { ...CREATE, npm_command, npm_config_dry_run: 'true' })).toThrow(
      new UsageError(
        'npm kept --dry-run for itself. For this command, put "--" before what is meant for it.',
      ),
    )
  })
})

describe('lets a run go on', () => {
  const WORDS = ['my-app', '--topology', 'main-port']

  it.each([
    ['npm kept nothing', {}],
    ['npm was told how to run it', { npm_config_yes: 'true', npm_config_force: 'true' }],
    ['npm was told otherwise', { npm_config_yes: '', npm_config_dry_run: '' }],
    ['npm knows where git is', { npm_config_git: resolve('git') }],
    ['npm has a message for commits', { npm_config_message: 'Release %s' }],
    ['pnpm runs it', { npm_config_user_agent: 'pnpm/10.1.0 npm/?', npm_config_dry_run: 'true' }],
    ['npm publishes something', { npm_command: 'publish', npm_config_dry_run: 'true' }],
  ])('when %s', (_, env) => {
    expect(parse(WORDS, { ...CREATE, ...env })).toMatchObject({ command: 'create' })
  })

  it('when it was given what npm kept as well', () => {
    const env = { ...CREATE, npm_config_dry_run: 'true', npm_config_topology: 'worker-window' }
    expect(parse([...WORDS, '--dry-run'], env)).toMatchObject({
      flags: { dryRun: true, topology: ['main-port'] },
    })
  })
})

describe('where an error advises a flag', () => {
  it('says that npm kept it, and how to give it', () => {
    const env = { ...EXEC, npm_config_force: 'true' }
    expect(hintAtNpm('--force', ['my-app', '-t', 'main-port'], env)).toBe(
      ` npm kept --force for itself. For this command, run: npx create-electron-ports@${version} my-app -t main-port --force`,
    )
  })

  it.each([
    [['my-app'], { npm_config_force: '' }],
    [['my-app', '--force'], { npm_config_force: 'true' }],
    [['my-app'], { npm_config_force: 'true', npm_command: 'test' }],
    [['my-app'], { npm_config_yes: 'true' }],
  ])('says nothing with %j and %j', (words, env) => {
    expect(hintAtNpm('--force', words, { ...EXEC, ...env })).toBe('')
  })
})
