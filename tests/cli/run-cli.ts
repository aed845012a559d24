import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const LAUNCHER = fileURLToPath(
  new URL('../../bin/create-electron-ports.cjs', import.meta.url),
)

interface Surroundings {
  cwd: string
  nodeOptions?: string[]
  launcher?: string
  env?: Record<string, string>
}

/** Runs the built command without a terminal. */
export function runCli(
  args: string[],
  { cwd, nodeOptions = [], launcher = LAUNCHER, env = {} }: Surroundings,
): Pick<SpawnSyncReturns<string>, 'status' | 'stdout' | 'stderr'> {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...nodeOptions, launcher, ...args],
    { cwd, encoding: 'utf8', env: { ...process.env, npm_config_user_agent: 'npm/11', ...env } },
  )
  return { status, stdout, stderr }
}

/** A flag for Node that runs `code` before the command. */
export function runBefore(code: string): string {
  return `--import=data:text/javascript,${encodeURIComponent(code)}`
}
