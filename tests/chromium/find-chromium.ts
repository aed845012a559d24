import { type Browser, chromium } from 'playwright-core'
import { ElectronUnavailableError } from '../electron/electron-unavailable-error.ts'
import { findOnPath } from '../electron/is-on-path.ts'
import { aptInstall, canUseApt } from '../electron/system-libraries.ts'

/** A Chromium that has shown that it starts, or why there is none. Plain data, which Vitest can hand to its workers. */
export type FoundChromium = { execPath: string; version: string } | { missing: string }

export interface Experiment {
  /** Gives ports a `close` event, which they have in Electron. */
  closeEvent: boolean
}

/** Chromium without windows. */
const debianPackage = 'chromium-headless-shell'

const programs = [debianPackage, 'chromium', 'google-chrome']

/**
 * Finds a Chromium of today, the Blink of today's Electron: the one that CHROMIUM_EXEC_PATH names, else
 * one on PATH, else that of Debian, which is installed where that is possible.
 */
export async function findChromium(): Promise<FoundChromium> {
  const execPath = process.env.CHROMIUM_EXEC_PATH || (await findInstalled())
  try {
    if (execPath) return await start(execPath)
    if (await canUseApt()) await aptInstall([debianPackage])
    const installed = await findInstalled()
    if (installed) return await start(installed)
  } catch (error) {
    if (error instanceof ElectronUnavailableError) return { missing: error.message }
    throw error
  }
  return {
    missing:
      `there is no ${programs.join(', ')} on PATH, and CHROMIUM_EXEC_PATH names none; ` +
      `on Debian run: sudo apt-get install ${debianPackage}`,
  }
}

/** Starts a Chromium without windows, in which pages of different origins are different processes. */
export function launchChromium(execPath: string, { closeEvent }: Experiment): Promise<Browser> {
  const args = ['--site-per-process']
  if (closeEvent) args.push('--enable-blink-features=MessagePortCloseEvent')
  return chromium.launch({ executablePath: execPath, args })
}

async function findInstalled(): Promise<string | undefined> {
  for (const program of programs) {
    const path = await findOnPath(program)
    if (path) return path
  }
  return undefined
}

async function start(execPath: string): Promise<FoundChromium> {
  try {
    const browser = await launchChromium(execPath, { closeEvent: true })
    const version = browser.version()
    await browser.close()
    return { execPath, version }
  } catch (error) {
    const [reason] = String(error).split('\n')
    return { missing: `"${execPath}" does not start: ${reason}` }
  }
}
