import { execFileSync, spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { makeFolder } from '../folders.ts'
import { runCli } from './run-cli.ts'

const complete = (shell: string): string =>
  runCli(['completion', shell], { cwd: makeFolder() }).stdout

/** What bash offers behind these words. */
function offer(...words: string[]): string[] {
  const script = `${complete('bash')}
COMP_WORDS=(create-electron-ports ${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length}
_create_electron_ports
printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', script]).toString().trim().split('\n')
}

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0
}

it.skipIf(process.platform === 'win32')('completes flags, topologies and names in bash', () => {
  expect(offer('--to')).toEqual(['--topology'])
  expect(offer('my-app', '--topology', 'work')).toEqual(['worker-window'])
  expect(offer('my-app', '--pm', 'p')).toEqual(['pnpm'])
  expect(offer('my-app', '-t', 'main-port,work')).toEqual(['main-port,worker-window'])
  expect(offer('my-app', '--topology', '=', 'work')).toEqual(['worker-window'])
  expect(offer('my-app', '--pm', '=')).toEqual(['npm', 'pnpm', 'yarn', 'bun'])
  expect(offer('com')).toEqual(['completion'])
  expect(offer('add', 'repl')).toEqual(['reply-stream'])
  expect(offer('remove', 'd')).toEqual(['demos'])
  expect(offer('add', '--pro')).toEqual(['--project'])
  expect(offer('completion', 'z')).toEqual(['zsh'])
  expect(offer('list', '--')).toEqual(['--json', '--diagram', '--debug', '--help'])
})

it('knows the same words for zsh and fish', () => {
  expect(complete('zsh')).toMatch(/{-t,--topology}'\[.*\]:topology: _values .*worker-window'/)
  expect(complete('fish')).toMatch(/-s t -l topology -d '.*' -xa '.*worker-window.*'/)
})

it.skipIf(!isInstalled('fish'))('completes in fish', () => {
  const ask = (line: string): string =>
    execFileSync('fish', ['-N', '-c', `${complete('fish')}\ncomplete -C '${line}'`]).toString()
  expect(ask('create-electron-ports my-app -t work')).toMatch(/^worker-window\t.*\n$/)
  expect(ask('create-electron-ports my-app -t main-port,work')).toMatch(
    /^main-port,worker-window\t.*\n$/,
  )
})

it.skipIf(!isInstalled('zsh'))('is a script that zsh reads', () => {
  const script = `autoload -U compinit && compinit -D\n${complete('zsh')}\nwhich _create_electron_ports`
  expect(execFileSync('zsh', ['-f', '-c', script]).toString()).toContain('_arguments')
})

it('names the shells it knows', () => {
  const { status, stderr } = runCli(['completion', 'tcsh'], { cwd: makeFolder() })
  expect(status).toBe(2)
  expect(stderr).toBe('Shell "tcsh" is unknown. Known: bash, zsh, fish.\n')
})
