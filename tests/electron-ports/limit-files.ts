import { runCommand } from '../electron/run-command.ts'

/** How many files a process may open. */
const USUAL_FILES = 1024

/**
 * Gives each of these processes as few file descriptors as is usual on Linux, whatever there are in
 * this shell. Elsewhere this does nothing.
 */
export async function limitFiles(pids: number[]): Promise<void> {
  if (process.platform !== 'linux') return
  for (const pid of pids) {
    await runCommand('prlimit', [`--pid=${pid}`, `--nofile=${USUAL_FILES}:`], { timeout: 5000 })
  }
}
