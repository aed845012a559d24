import type { SpawnOptions } from 'node:child_process'
import { FailedError, messageOf } from '../errors.ts'
import { environmentFor, findProgram } from './find-program.ts'

/**
 * Runs another version of this command, which npm fetches where it has it not.
 *
 * @returns its exit code, and what it wrote where `stdio` is not inherited.
 * Throws a FailedError when npm cannot be started.
 */
export async function runOtherVersion(
  version: string,
  words: string[],
  options: Pick<SpawnOptions, 'cwd' | 'stdio'>,
): Promise<{ code: number; stderr: string }> {
  const npm = findProgram('npm')
  if (!npm)
    throw new FailedError('npm is not on this machine, and fetches other versions of this command.')
  // Loaded here, for it takes a while and most runs need none of it.
  const { spawn } = await import('node:child_process')
  const isWindows = process.platform === 'win32'
  const args = [
    'exec',
    '--yes',
    `--package=create-electron-ports@${version}`,
    '--',
    'create-electron-ports',
  ]
  return new Promise((resolve, reject) => {
    const child = spawn(isWindows ? `"${npm}"` : npm, [...args, ...words], {
      ...options,
      shell: isWindows,
      env: environmentFor({ ...process.env, npm_config_user_agent: undefined }),
    })
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', (error) => reject(new FailedError(`npm did not start: ${messageOf(error)}.`)))
    child.on('close', (code) => resolve({ code: code ?? 1, stderr }))
  })
}

/** What npm calls it when the registry does not answer. */
const NO_ANSWER = /^(ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET\w*)$/

/** Why another version did not run, as half a sentence: in our words what npm says, or what the version itself says. */
export function explainOtherVersion(stderr: string): string {
  const lines = stderr.trim().split('\n')
  const [, code] = /^npm (?:error|ERR!) code (\S+)/m.exec(stderr) ?? []
  if (code === undefined) return (lines.at(-1) ?? '').replace(/\.$/, '') || 'it does not say why'
  if (code === 'E404' || code === 'ETARGET') return 'there is no such version'
  if (NO_ANSWER.test(code)) return `the registry cannot be reached (${code})`
  const [first = code] = lines.flatMap((line) => /^npm \S+ (?!code)(.*)$/.exec(line)?.[1] ?? [])
  return first.replace(/\.$/, '')
}
