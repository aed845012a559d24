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
