import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

export type ProcessInfo = {
  pid: number
  /** The command line, or the name in brackets where the system shows none. */
  command: string
}

/**
 * The living processes of a session, which on Linux is what one launched program and its descendants
 * share: it outlives a parent that died, unlike the tree of parents, and can be read of any process,
 * unlike the environment.
 *
 * @param session the process id of the session's leader.
 * @returns an empty list on systems other than Linux.
 */
export async function processesOfSession(session: number): Promise<ProcessInfo[]> {
  if (process.platform !== 'linux') return []
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(pids.map((pid) => readProcess(pid, session)))
  return found.filter((info) => info !== undefined)
}

/**
 * Waits until a session has no process any more.
 *
 * @param timeout in milliseconds.
 * @returns what is left after that time.
 */
export async function waitForSessionToEnd(
  session: number,
  timeout: number,
): Promise<ProcessInfo[]> {
  const deadline = Date.now() + timeout
  for (;;) {
    const left = await processesOfSession(session)
    if (left.length === 0 || Date.now() > deadline) return left
    await delay(50)
  }
}

/** Kills processes at once; those that ended meanwhile are no error. */
export function killProcesses(processes: ProcessInfo[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself just now.
    }
  }
}

/**
 * The seccomp mode of a process: 2 means that a filter restricts its system calls, as in a renderer
 * with the operating system's sandbox on; 0 means that nothing does.
 *
 * @throws {Error} when there is no such process.
 */
export async function readSeccompMode(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^Seccomp:\s+(\d+)$/m.exec(status)?.[1])
}

async function readProcess(pid: string, session: number): Promise<ProcessInfo | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // "pid (name) state parent group session …": the name may hold blanks and brackets itself.
    const [state, , , sessionOfThis] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (Number(sessionOfThis) !== session || state === 'Z') return undefined
    const commandLine = (await readFile(`/proc/${pid}/cmdline`, 'utf8'))
      .split('\0')
      .join(' ')
      .trim()
    return { pid: Number(pid), command: commandLine || stat.slice(0, stat.lastIndexOf(')') + 1) }
  } catch {
    // It ended while it was read.
    return undefined
  }
}
