import { execFileSync } from 'node:child_process'
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

it.skipIf(process.platform === 'win32')('completes flags, topologies and names in bash', () => {
  expect(offer('--to')).toEqual(['--topology'])
  expect(offer('my-app', '--topology', 'work')).toEqual(['worker-window'])
  expect(offer('my-app', '--pm', 'p')).toEqual(['pnpm'])
  expect(offer('com')).toEqual(['completion'])
})

it('knows the same words for zsh and fish', () => {
  expect(complete('zsh')).toMatch(/'--topology\[.*\]:topology:\(.*worker-window\)'/)
  expect(complete('fish')).toMatch(/-l topology -d '.*' -xa '.*worker-window'/)
})

it('names the shells it knows', () => {
  const { status, stderr } = runCli(['completion', 'tcsh'], { cwd: makeFolder() })
  expect(status).toBe(2)
  expect(stderr).toBe('Shell "tcsh" is unknown. Known: bash, zsh, fish.\n')
})
