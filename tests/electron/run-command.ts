import { spawn } from 'node:child_process'

export type CommandOptions = {
  /** Milliseconds after which the command is killed and counts as failed. */
  timeout: number
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** How errors call it; by default the command line. */
  title?: string
}

/**
 * Runs a command to its end and returns what it wrote to stdout.
 *
 * @throws {Error} when it cannot be started, ends with anything but code 0, or takes too long. The
 *   message is one line: the command, what happened, and the last thing it said on stderr; its cause
 *   is the end of what it wrote to stdout, where test runners say what failed.
 */
export function runCommand(
  command: string,
  args: string[],
  { timeout, cwd, env, title = [command, ...args].join(' ') }: CommandOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      // In a process group of its own, so that at the time limit its children die with it.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))

    let isTooLate = false
    const timer = setTimeout(() => {
      isTooLate = true
      killGroup(child.pid!)
    }, timeout)

    child.on('error', (error) => {
      clearTimeout(timer)
      reject(new Error(`"${title}" could not be started: ${error.message}`))
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) return resolve(stdout)
      const end = isTooLate
        ? `took longer than ${timeout / 1000} s`
        : `ended with ${signal ?? `code ${code}`}`
      const cause = new Error(`it wrote at its end:\n${endOf(stdout)}`)
      reject(new Error(`"${title}" ${end}${lastComplaint(stderr)}`, { cause }))
    })
  })
}

function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It ended by itself just now.
  }
}

/** The last line that is not part of a stack. */
function lastComplaint(stderr: string): string {
  // Neither a stack nor what Chromium logs: "[123:0100/000000.1:ERROR:…".
  const isNoise = /^\s*$|^\s+at |^\[\d+:/
  const lines = stderr.split('\n').filter((line) => !isNoise.test(line))
  const last = lines.at(-1)
  return last ? `: ${last.trim()}` : ''
}

const LINES_TOLD = 120

function endOf(stdout: string): string {
  return stdout.trimEnd().split('\n').slice(-LINES_TOLD).join('\n')
}
