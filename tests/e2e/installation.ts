import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../electron/run-command.ts'

/** What the projects of a run have in common, as a user gets it. Plain data. */
export type Installation = {
  /** A folder that holds all of this. */
  folder: string
  /** The file that starts the packed command. */
  command: string
  /** A project in which its dependencies are installed: those of every project. */
  installed: string
}

const repository = join(import.meta.dirname, '../..')
const timeout = 5 * 60_000

/**
 * Packs this repository, has npm run the packed command, and installs what the project it made depends
 * on, all as a user would.
 *
 * @param env  Which Electron the project shall use.
 */
export async function install(env: Record<string, string>): Promise<Installation> {
  const folder = await makeOpenFolder()
  const run = (cwd: string, program: string, ...args: string[]): Promise<string> =>
    runCommand(program, args, { cwd, env: { ...process.env, ...env }, timeout })

  await run(repository, 'npm', 'pack', '--pack-destination', folder)
  const [tarball = ''] = await readdir(folder)
  await run(folder, 'tar', '-xzf', tarball)
  const command = 'create-electron-ports my-app --topology worker-window'
  await run(folder, 'npm', 'exec', '--yes', `--package=./${tarball}`, '--call', command)

  const installed = join(folder, 'my-app')
  await run(installed, 'npm', 'install')
  return { folder, command: join(folder, 'package/bin/create-electron-ports.cjs'), installed }
}

/** A folder of its own that everybody can read: where the sandbox is on, an ordinary user starts the app. */
export async function makeOpenFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'create-electron-ports-e2e-'))
  await chmod(folder, 0o755)
  return folder
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
}
