import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { _electron } from 'playwright-core'
import type { ElectronApplication } from 'playwright-core'
import { electronEnv } from './electron-env.ts'
import type { FoundElectron } from './find-electron.ts'
import { holdEvaluations } from './hold-evaluations.ts'
import { prepareOrdinaryUser } from './ordinary-user.ts'
import { killProcesses, processesOfSession, waitForSessionToEnd } from './processes.ts'
import type { ProcessInfo } from './processes.ts'

export type LaunchOptions = {
  electron: FoundElectron
  /** The X11 display, such as ":99"; without it that of the environment. */
  display?: string | undefined
  /** The folder (or the main file) of a built app. */
  projectPath: string
  /** Arguments for the app itself. */
  args?: string[]
  /** Added to the environment of the tests. */
  env?: Record<string, string>
  /**
   * Leaves the operating system's sandbox on, which Playwright switches off on Linux. Since it refuses
   * to work for root, root starts the app as an ordinary user, who must be able to read the project.
   */
  chromiumSandbox?: boolean
  /** How long it may take to quit, and its processes to end after that, in milliseconds. */
  patience?: Partial<typeof usualPatience>
}

export type RunningApp = {
  app: ElectronApplication
  /** The app's living processes; always none on systems other than Linux. */
  processes: () => Promise<ProcessInfo[]>
  /**
   * Quits the app; a second call does nothing.
   *
   * @throws {Error} when the app does not quit, or leaves processes behind. They are killed.
   */
  close: () => Promise<void>
}

const launchTimeout = 30_000
/** Chromium's own watchdog ends a GPU process that hangs, as one may that has to end while it starts, after 10 s. */
const usualPatience = { quit: 8_000, leftovers: 15_000 }

/**
 * Starts an app in a real Electron, driven by Playwright, with a profile of its own.
 *
 * @throws {Error} when it does not start within 30 seconds.
 */
export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const home = await mkdtemp(join(tmpdir(), 'create-electron-ports-'))
  const removeHome = () => rm(home, { recursive: true, force: true, maxRetries: 3 })
  let app: ElectronApplication
  try {
    app = await startApp(options, home)
  } catch (error) {
    await removeHome()
    throw error
  }
  // Playwright makes the app's main process the leader of a session of its own.
  const leader = app.process()
  const session = leader.pid!
  let isClosed = false
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    await quit(app, leader, options.patience).finally(removeHome)
  }
  return { app, processes: () => processesOfSession(session), close }
}

async function startApp(options: LaunchOptions, home: string): Promise<ElectronApplication> {
  const { electron, args = [], chromiumSandbox = false } = options
  const projectPath = resolve(options.projectPath)
  const isRoot = process.getuid?.() === 0
  const { program, loader } =
    chromiumSandbox && isRoot
      ? await prepareOrdinaryUser(electron, home, loaderPath(), projectPath)
      : { program: electron.execPath, loader: loaderPath() }
  const profile = join(home, 'profile')
  const app = await _electron.launch({
    executablePath: program,
    args: [`--user-data-dir=${profile}`, '-r', loader, projectPath, ...args],
    env: environment(options),
    chromiumSandbox,
    timeout: launchTimeout,
  })
  return holdEvaluations(app)
}

/**
 * Playwright's module that holds the app's `ready` event back until Playwright is connected. It loads
 * it by itself only where it finds Electron through the electron package.
 */
function loaderPath(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'))
  return join(folder, 'lib', 'server', 'electron', 'loader.js')
}

function environment({ electron, display, env }: LaunchOptions): Record<string, string> {
  const inherited = { ...process.env } as Record<string, string>
  // A terminal inside an Electron app (an editor's) sets this, and Electron would be a mere Node.
  delete inherited.ELECTRON_RUN_AS_NODE
  return { ...inherited, ...electronEnv(electron, display), ...env }
}

async function quit(
  app: ElectronApplication,
  leader: ChildProcess,
  given: LaunchOptions['patience'],
): Promise<void> {
  const patience = { ...usualPatience, ...given }
  // Whether it worked shows in what is left.
  app.close().catch(() => {})
  const late = delay(patience.quit, undefined, { ref: false })
  if (!hasExited(leader)) await Promise.race([once(leader, 'exit'), late])
  const hasQuit = hasExited(leader)
  const left = await waitForSessionToEnd(leader.pid!, hasQuit ? patience.leftovers : 0)
  if (left.length === 0) return

  killProcesses(left)
  await waitForSessionToEnd(leader.pid!, usualPatience.leftovers)
  const names = left.map(({ pid, command }) => `\n  ${pid} ${command}`).join('')
  throw new Error(`The app ${hasQuit ? 'left processes behind' : 'does not quit'}:${names}`)
}

function hasExited({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}
