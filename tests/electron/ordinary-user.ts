import { chmod, chown, copyFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { FoundElectron } from './find-electron.ts'
import { runCommand } from './run-command.ts'

/** "nobody", which every Linux has. */
const uid = 65534
const gid = 65534

/** A program that starts Electron as an ordinary user, and the module to preload, where both can read. */
export type OrdinaryUser = { program: string; loader: string }

/**
 * Prepares what root needs to start Electron as an ordinary user, which Chromium's sandbox requires:
 * the folder becomes that user's home and gets the program that starts Electron, and the sandbox's
 * helper in Electron's folder gets the owner and mode it asks for.
 *
 * @param home an empty folder.
 * @param loader a module which root can read; the user gets a copy.
 * @param projectPath is only looked at.
 * @throws {Error} when the user cannot read the project.
 */
export async function prepareOrdinaryUser(
  electron: FoundElectron,
  home: string,
  loader: string,
  projectPath: string,
): Promise<OrdinaryUser> {
  await enableSandboxHelper(join(electron.distPath, 'chrome-sandbox'))
  const program = join(home, 'electron-as-ordinary-user')
  const loaderCopy = join(home, basename(loader))
  await copyFile(loader, loaderCopy)
  await writeFile(program, startScript(electron.execPath, home), { mode: 0o755 })
  await chmod(loaderCopy, 0o644)
  await chown(home, uid, gid)
  await assertReadable(projectPath)
  return { program, loader: loaderCopy }
}

async function enableSandboxHelper(helper: string): Promise<void> {
  const { uid: owner, mode } = await stat(helper)
  if (owner === 0 && (mode & 0o7777) === 0o4755) return
  // A change of owner clears the mode's set-user-ID bit, so this order.
  await chown(helper, 0, 0)
  await chmod(helper, 0o4755)
}

/** Root's own XDG folders would be closed to the user; those below HOME are not. */
function startScript(execPath: string, home: string): string {
  return `#!/bin/sh
unset XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_RUNTIME_DIR XDG_STATE_HOME
export HOME=${quote(home)}
exec setpriv ${setprivArgs.join(' ')} ${quote(execPath)} "$@"
`
}

const setprivArgs = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

async function assertReadable(path: string): Promise<void> {
  try {
    await runCommand('setpriv', [...setprivArgs, 'ls', path], { timeout: 10_000 })
  } catch (error) {
    throw new Error(`An ordinary user cannot read "${path}"`, { cause: error })
  }
}
