import { CancelledError, FailedError, messageOf } from '../errors.ts'
import { environmentFor, findProgram } from './find-program.ts'
import { findLeftOut } from './left-out.ts'

export const PACKAGE_MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const
export type PackageManager = (typeof PACKAGE_MANAGERS)[number]

/** What each writes beside package.json when it installs. */
export const LOCKFILES: Record<PackageManager, string> = {
  npm: 'package-lock.json',
  pnpm: 'pnpm-lock.yaml',
  yarn: 'yarn.lock',
  bun: 'bun.lock',
}

/** The package manager that started us, read from what it says of itself: `pnpm/9.1.0 node/v22 …`. */
export function detectPackageManager(
  userAgent = process.env['npm_config_user_agent'],
): PackageManager {
  const name = userAgent?.split('/')[0]
  return PACKAGE_MANAGERS.find((known) => known === name) ?? 'npm'
}

/**
 * Installs the dependencies of a project, and shows what the package manager says of it.
 *
 * @param toStderr  Whether that goes to stderr, all of it: stdout may be for something else.
 * @throws FailedError when it fails or leaves something out, CancelledError when `signal` aborts. The project stays as it is.
 */
export async function installDependencies(
  project: string,
  packageManager: PackageManager,
  toStderr: boolean,
  signal: AbortSignal,
): Promise<void> {
  const refusal = await runInstall(project, packageManager, toStderr, signal)
  const command = `"${packageManager} install"`
  const made = `The project was made in "${project}", but ${command}`
  if (signal.aborted)
    throw new CancelledError(`${made} was cancelled. Go on there with ${command}.`)
  const problem = refusal ?? findLeftOut(project, packageManager)
  if (problem === undefined) return
  throw new FailedError(
    `${made} ${problem}. Go on there with ${command} when that is solved.`,
    'install-failed',
  )
}

/** Why it failed; undefined when it did not. */
async function runInstall(
  cwd: string,
  packageManager: PackageManager,
  toStderr: boolean,
  signal: AbortSignal,
): Promise<string | undefined> {
  const program = findProgram(packageManager)
  if (!program) return 'is not on this machine'
  // Loaded here, for it takes a while and most runs need none of it.
  const { spawn } = await import('node:child_process')
  return new Promise((resolve) => {
    const isWindows = process.platform === 'win32'
    const child = spawn(isWindows ? `"${program}"` : program, ['install'], {
      cwd,
      stdio: ['ignore', toStderr ? 2 : 'inherit', 'inherit'],
      // On Windows they are .cmd files, which only a shell can run. No argument is the user's.
      shell: isWindows,
      // On CI, Yarn 2 and later refuse to write a lockfile where there is none.
      env: { ...environmentFor(withoutOurs(process.env)), YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' },
    })
    signal.addEventListener('abort', () => child.kill())
    child.once('error', (error) => resolve(`failed: ${messageOf(error)}`))
    child.once('exit', (code, stoppedBy) => {
      if (code === 0) resolve(undefined)
      else resolve(stoppedBy ? `was stopped by ${stoppedBy}` : `ended with code ${code}`)
    })
  })
}

/** What `npm create` set for us would be taken for the user's settings by another package manager. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !/^npm_(package|lifecycle|command)/.test(name),
  )
  return Object.fromEntries(kept)
}
