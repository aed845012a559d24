import { FailedError, UsageError } from '../errors.ts'
import { explainOtherVersion, runOtherVersion } from '../programs/other-version.ts'
import type { GrowFlags } from './grow.ts'

/** How each flag is written. */
const FLAGS: Record<keyof GrowFlags, string> = {
  project: '--project',
  base: '--base',
  fromCommand: '--from-command',
  force: '--force',
  dryRun: '--dry-run',
  diff: '--diff',
  json: '--json',
}

/**
 * Has another version of this command update a project: only that one can render what it renders.
 * Sets its exit code. Throws a UsageError when that is no version, and a FailedError when it cannot be had.
 */
export async function updateTo(version: string, flags: GrowFlags): Promise<void> {
  if (!/^\d+\.\d+\.\d+[\w.+-]*$/.test(version)) {
    throw new UsageError(
      `"${version}" is no version to update to. Give one such as "1.2.3", or none.`,
    )
  }
  await fetchVersion(version)
  const words = Object.entries(FLAGS).flatMap(([name, flag]) => {
    const value = flags[name as keyof GrowFlags]
    if (value === undefined || value === false) return []
    return value === true ? [flag] : [flag, value]
  })
  const { code } = await runOtherVersion(version, ['update', ...words], { stdio: 'inherit' })
  process.exitCode = code
}

/** Before it has the terminal, for what npm says of a failure fills that, and is no sentence. */
async function fetchVersion(version: string): Promise<void> {
  const { code, stderr } = await runOtherVersion(version, ['--version'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (code === 0) return
  throw new FailedError(
    `Version ${version} could not be fetched: ${explainOtherVersion(stderr)}. Which there are says: npm view create-electron-ports versions`,
  )
}
