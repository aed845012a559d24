import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import { runCommand } from './run-command.ts'
import type { CommandOptions } from './run-command.ts'

/**
 * Runs a command like `runCommand`, while no other test run on this machine holds the lock of the same
 * name. The system takes the lock back when a run is killed. Without `flock` (macOS, Windows) the
 * command runs unlocked.
 *
 * @throws {Error} as `runCommand` does; its time limit includes the wait for the lock.
 */
export async function runLocked(
  lock: string,
  command: string,
  args: string[],
  options: CommandOptions,
): Promise<string> {
  if (process.platform !== 'linux') return runCommand(command, args, options)
  const folder = cacheFolder()
  await mkdir(folder, { recursive: true })
  return runCommand('flock', [join(folder, `${lock}.lock`), command, ...args], {
    title: [command, ...args].join(' '),
    ...options,
  })
}
