import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { killProcesses, processesOfSession, waitForSessionToEnd } from '../electron/processes.ts'
import { findFreePort } from './devtools.ts'

export interface StartedScript {
  debuggingPort: number
  /** Resolves when the script ends. */
  exitCode: Promise<number | null>
  /** All its processes are of this session, until the test ends. */
  session: number
  /** What it has printed so far. */
  output: () => string
}

/** Starts the app by a script of its project, `dev` or `start`, as a user does. */
export async function startScript(
  project: string,
  command: 'dev' | 'start',
  env: Record<string, string>,
): Promise<StartedScript> {
  const debuggingPort = await findFreePort()
  const args = debuggingArgs(command, debuggingPort).join(' ')
  return { debuggingPort, ...startCommand(project, `npm run ${command} -- ${args}`, env) }
}

/** Starts the app by a command for the shell, which takes the flags of electron-vite. */
export function startCommand(
  project: string,
  command: string,
  env: Record<string, string>,
): Omit<StartedScript, 'debuggingPort'> {
  // A profile of its own, in there: on that of another app this one would end.
  const XDG_CONFIG_HOME = mkdtempSync(join(tmpdir(), 'create-electron-ports-profile-'))
  const child = spawn(command, {
    shell: true,
    cwd: project,
    env: { ...process.env, ...env, XDG_CONFIG_HOME, ...(isRoot && { NO_SANDBOX: '1' }) },
    detached: true, // a session of its own
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const session = child.pid!
  onTestFinished(async () => {
    killProcesses(await processesOfSession(session))
    await waitForSessionToEnd(session, 5000)
    rmSync(XDG_CONFIG_HOME, { recursive: true, force: true, maxRetries: 3 })
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  }
  const exitCode = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { exitCode, session, output: () => output }
}

const isRoot = process.getuid?.() === 0

/** electron-vite knows the flag in development; otherwise it passes on what follows a second `--`. */
function debuggingArgs(command: 'dev' | 'start', port: number): string[] {
  return command === 'dev'
    ? [`--remoteDebuggingPort=${port}`]
    : ['--', `--remote-debugging-port=${port}`]
}
