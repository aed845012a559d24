import { ElectronUnavailableError } from './electron-unavailable-error.ts'
import { isOnPath } from './is-on-path.ts'
import { runCommand } from './run-command.ts'
import { runLocked } from './run-locked.ts'

/** What Electron and its display need on a bare Debian; the rest comes as their dependencies. */
const debianPackages = ['xvfb', 'xauth', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1']

const aptTimeout = 10 * 60_000

/**
 * Makes sure that an Electron binary finds its shared libraries, and that there is a display or an
 * Xvfb to make one. What is missing is installed, where this is root on a Debian-like system.
 *
 * Does nothing on systems other than Linux.
 *
 * @throws {ElectronUnavailableError} naming what is missing and the command that installs it.
 */
export async function ensureSystemLibraries(execPath: string): Promise<void> {
  if (process.platform !== 'linux') return
  if ((await findMissing(execPath)).length > 0 && (await canUseApt())) {
    await aptInstall(debianPackages)
  }
  const missing = await findMissing(execPath)
  if (missing.length === 0) return
  throw new ElectronUnavailableError(
    `Electron needs ${missing.join(', ')}; on Debian or Ubuntu run: ` +
      `sudo apt-get install --no-install-recommends ${debianPackages.join(' ')}`,
  )
}

/** Whether this process may install packages: root on a system with apt. */
export async function canUseApt(): Promise<boolean> {
  return process.getuid?.() === 0 && (await isOnPath('apt-get'))
}

/**
 * Installs Debian packages without the ones they recommend. A second test run waits for the first,
 * as apt fails where another one is busy.
 *
 * @throws {ElectronUnavailableError} when apt-get fails, for instance without a network.
 */
export async function aptInstall(packages: string[]): Promise<void> {
  try {
    await runApt('update')
    const names = await Promise.all(packages.map(currentName))
    await runApt('install', '--yes', '--no-install-recommends', ...names)
  } catch (error) {
    throw new ElectronUnavailableError(
      `the packages ${packages.join(', ')} could not be installed: ${(error as Error).message}`,
    )
  }
}

function runApt(...args: string[]): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return runLocked('apt', 'apt-get', ['-qq', ...args], { timeout: aptTimeout, env })
}

/** Debian 13 and Ubuntu 24.04 have some of the libraries under a new name, with "t64" (64-bit time). */
async function currentName(name: string): Promise<string> {
  const newName = `${name}t64`
  return runCommand('apt-cache', ['show', newName], { timeout: 60_000 }).then(
    () => newName,
    () => name,
  )
}

async function findMissing(execPath: string): Promise<string[]> {
  const missing = await findMissingLibraries(execPath)
  if (!process.env.DISPLAY && !(await isOnPath('Xvfb'))) missing.push('Xvfb')
  return missing
}

/** What `ldd` cannot read, such as a script that starts Electron, shows itself when it is started. */
async function findMissingLibraries(execPath: string): Promise<string[]> {
  const listing = await runCommand('ldd', [execPath], { timeout: 60_000 }).catch(() => '')
  return [...listing.matchAll(/^\s*(\S+) => not found$/gm)].map(([, library]) => library!)
}
