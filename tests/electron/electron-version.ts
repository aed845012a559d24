import { ElectronUnavailableError } from './electron-unavailable-error.ts'
import { runCommand } from './run-command.ts'

/**
 * Starts an Electron binary with `--version` and returns what it answers, such as "45.4.1".
 *
 * @throws {ElectronUnavailableError} when it does not start or does not answer with a version.
 */
export async function askElectronVersion(execPath: string): Promise<string> {
  // A terminal inside an Electron app (an editor's) sets this, and Electron would be a mere Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  // With its sandbox on, Chromium refuses to run as root. The tests run without it too.
  const args = ['--no-sandbox', '--version']
  let answer: string
  try {
    answer = await runCommand(execPath, args, { timeout: 30_000, env })
  } catch (error) {
    throw new ElectronUnavailableError(`Electron does not start: ${(error as Error).message}`)
  }
  const version = /^v(\d+\.\d+\.\d+\S*)$/m.exec(answer)?.[1]
  if (version) return version
  throw new ElectronUnavailableError(
    `"${execPath} ${args.join(' ')}" answered "${answer.trim()}" instead of a version`,
  )
}
