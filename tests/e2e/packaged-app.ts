import { type ChildProcess, spawn } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FoundElectron } from '../electron/find-electron.ts'
import { killProcesses, processesOfSession } from '../electron/processes.ts'
import { runCommand } from '../electron/run-command.ts'
import { findFreePort } from './devtools.ts'
import { linkTree } from './link-tree.ts'

const timeout = 5 * 60_000

/** As a user's own service would. */
const FOLLOW_LINKS = `
import { onDeepLink } from './desktop/deep-links'
onDeepLink(({ href }) => console.log('Followed', href))
`

/**
 * Packs a project by its own script, as a user does who has no certificate, with the Electron of the tests.
 *
 * @returns the folder with the app, its binary `my-app` among the rest.
 */
export async function packageApp(
  project: string,
  env: Record<string, string>,
  { distPath }: FoundElectron,
): Promise<string> {
  // The launcher of the tests is no part of an Electron.
  const dist = join(dirname(project), 'electron')
  const launcher = join(distPath, 'resources/app')
  cpSync(distPath, dist, { recursive: true, filter: (path) => path !== launcher })
  leaveThingsAbout(project)
  nameAuthor(join(project, 'electron-builder.config.ts'))
  appendFileSync(join(project, 'src/main/index.ts'), FOLLOW_LINKS)
  await runCommand('npm', ['run', 'package', '--', '--dir'], {
    cwd: project,
    env: { ...process.env, ...env, ELECTRON_OVERRIDE_DIST_PATH: dist },
    timeout,
  })
  return join(project, 'dist/linux-unpacked')
}

/**
 * Makes a `.deb` and an AppImage of what {@link packageApp} has made, with stand-ins for the tools that electron-builder
 * fetches from a host that not every machine reaches.
 *
 * @returns the folders of what is in the two.
 */
export async function packInstallers(
  project: string,
  env: Record<string, string>,
): Promise<{ deb: string; image: string }> {
  const standIns = join(import.meta.dirname, 'stand-ins')
  const config = ['--config', 'electron-builder.config.ts', '--publish', 'never']
  const args = ['electron-builder', ...config, '--prepackaged', 'dist/linux-unpacked', '--linux']
  await runCommand('npx', args, {
    cwd: project,
    env: {
      ...process.env,
      ...env,
      CUSTOM_FPM_PATH: join(standIns, 'fpm.cjs'),
      APPIMAGE_TOOLS_PATH: join(standIns, 'appimage'),
    },
    timeout,
  })
  const dist = join(project, 'dist')
  const find = (end: string): string =>
    join(dist, readdirSync(dist).find((name) => name.endsWith(end)) ?? `*${end}`)
  const deb = join(dist, 'deb')
  await runCommand('dpkg-deb', ['--raw-extract', find('.deb'), deb], { timeout })
  return { deb, image: find('.AppDir') }
}

function nameAuthor(path: string): void {
  const config = readFileSync(path, 'utf8')
  const named = config
    .replace("{ name: '', email: '' }", "{ name: 'Emma', email: 'emma@example.com' }")
    .replace("homepage: ''", "homepage: 'https://example.com'")
  writeFileSync(path, named)
}

/** What is in a project that is worked on, and in no package. */
function leaveThingsAbout(project: string): void {
  const things = ['.env', 'notes.md', 'out/utility/old/index.cjs', 'out/renderer/old.js']
  for (const path of [...things, 'test-results/trace.zip', 'coverage/index.html']) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), 'SECRET=1')
  }
}

export interface StartedApp {
  debuggingPort: number
  exitCode: Promise<number | null>
  /** Its processes are of this session. */
  session: number
  /** What it has printed so far. */
  output: () => string
  /** Starts it once more, on the same profile. Gives the code that this ended with. */
  startAgain: (args: string[]) => Promise<number | null>
  /** Kills what is left of it. */
  stop: () => Promise<void>
}

/** Starts a packaged app with a profile of its own. */
export async function startPackaged(
  program: string,
  env: Record<string, string>,
  args: string[] = [],
): Promise<StartedApp> {
  const debuggingPort = await findFreePort()
  const profile = mkdtempSync(join(tmpdir(), 'create-electron-ports-profile-'))
  const isRoot = process.getuid?.() === 0
  const ours = [`--remote-debugging-port=${debuggingPort}`, `--user-data-dir=${profile}`]
  const run = (more: string[]) =>
    spawn(program, [...(isRoot ? ['--no-sandbox'] : []), ...ours, ...more], {
      env: { ...process.env, ...env },
      detached: true, // a session of its own
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const child = run(args)
  const session = child.pid!
  const stop = async (): Promise<void> => {
    killProcesses(await processesOfSession(session))
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  }
  const exitCode = codeOf(child)
  const startAgain = (more: string[]) => codeOf(run(more))
  return { debuggingPort, exitCode, session, output: () => output, startAgain, stop }
}

function codeOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve))
}

/**
 * What a Linux desktop runs for an app, by its entry.
 *
 * @param link  That the user has followed.
 */
export function readCommand(entry: string, link: string): [program: string, ...args: string[]] {
  const [program = '', ...args] = /^Exec=(.+)$/m.exec(entry)?.[1]?.split(' ') ?? []
  return [program, ...args.map((arg) => arg.replace(/^%[uU]$/, link))]
}

/** A copy of a packaged app, as electron-builder makes it where `feedUrl` is set, and a folder for its downloads. */
export function copyWithFeed(app: string, copy: string, url: string): Record<string, string> {
  linkTree(app, copy)
  const feed = `provider: generic\nurl: ${url}\nupdaterCacheDirName: my-app-updater\n`
  writeFileSync(join(copy, 'resources/app-update.yml'), feed)
  const [cache, image] = [join(copy, 'cache'), join(copy, 'my-app.AppImage')]
  mkdirSync(cache)
  writeFileSync(image, 'the old one')
  // The second an AppImage sets for what is in it.
  return { XDG_CACHE_HOME: cache, APPIMAGE: image }
}
