import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { killProcesses, processesOfSession, waitForSessionToEnd } from '../electron/processes.ts'

export interface StartedCommand {
  /** Resolves when the script ends. */
  exitCode: Promise<number | null>
  /** All its processes are of this session, until the test ends. */
  session: number
  /** What it has printed so far. */
  output: () => string
}

export interface StartedScript extends StartedCommand {
  debuggingPort: number
  /** That of the app after so many restarts. Each has its own: the one before may not have ended when it starts. */
  debuggingPortAfter: (restarts: number) => Promise<number>
}

/** Starts the app by a script of its project, `dev` or `start`, as a user does. */
export async function startScript(
  project: string,
  command: 'dev' | 'start',
  env: Record<string, string>,
): Promise<StartedScript> {
  // What follows a second `--` is passed on to Electron.
  const args = command === 'start' ? '-- --remote-debugging-port=0' : ''
  const started = startCommand(project, `npm run ${command} -- ${args}`, {
    ...env,
    REMOTE_DEBUGGING_PORT: '0', // any; for electron-vite in development, which takes none such by a flag
  })
  const debuggingPortAfter = async (restarts: number): Promise<number> => {
    const find = () => [...started.output().matchAll(LISTENS)][restarts]?.[1]
    await expect.poll(find, { timeout: 45_000, interval: 100 }).toBeDefined()
    return Number(find())
  }
  return { ...started, debuggingPort: await debuggingPortAfter(0), debuggingPortAfter }
}

/** Starts the app by a command for the shell, which takes the flags of electron-vite. */
export function startCommand(
  project: string,
  command: string,
  env: Record<string, string>,
): StartedCommand {
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

/** What Chromium says on its standard error. */
const LISTENS = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//g
