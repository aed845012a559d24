import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { ElectronUnavailableError } from './electron-unavailable-error.ts'

export type Display = {
  /** A value for DISPLAY, such as ":99"; undefined where windows need none (macOS, Windows). */
  display: string | undefined
  /** Ends the display, if it was started here. A second call does nothing. */
  stop: () => Promise<void>
}

const startTimeout = 15_000
const stopTimeout = 5_000

/**
 * Gives the tests a display: the one that is there, or an Xvfb of their own.
 *
 * @throws {ElectronUnavailableError} when Xvfb does not start.
 */
export async function startDisplay(): Promise<Display> {
  const isThere = process.platform !== 'linux' || process.env.DISPLAY
  if (isThere) return { display: process.env.DISPLAY, stop: async () => {} }

  const xvfb = spawnXvfb()
  const stop = () => stopProcess(xvfb)
  try {
    return { display: `:${await readDisplayNumber(xvfb)}`, stop }
  } catch (error) {
    await stop()
    throw new ElectronUnavailableError(`Xvfb does not start: ${(error as Error).message}`)
  }
}

/**
 * With `-displayfd` Xvfb takes a free number and tells it, so two runs never clash. `-noreset` keeps it
 * from restarting itself, deaf meanwhile, whenever the last window closes. And `--pdeathsig` ends it
 * with these tests even if they are killed.
 */
function spawnXvfb(): ChildProcess {
  const screen = ['-screen', '0', '1280x800x24']
  const args = ['-displayfd', '3', ...screen, '-noreset', '-nolisten', 'tcp']
  return spawn('setpriv', ['--pdeathsig', 'TERM', 'Xvfb', ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
}

function readDisplayNumber(xvfb: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`no answer within ${startTimeout / 1000} s`)),
      startTimeout,
    )
    let number = ''
    const reports = xvfb.stdio[3] as Readable
    reports.setEncoding('utf8').on('data', (text: string) => {
      number += text
      if (!number.endsWith('\n')) return
      clearTimeout(timer)
      resolve(number.trim())
    })
    let complaints = ''
    xvfb.stderr!.setEncoding('utf8').on('data', (text: string) => (complaints += text))
    xvfb.once('error', reject)
    xvfb.once('close', (code) => {
      clearTimeout(timer)
      reject(new Error(`it ended with code ${code}: ${complaints.trim().split('\n').at(-1)}`))
    })
  })
}

async function stopProcess(child: ChildProcess): Promise<void> {
  const isRunning = child.pid !== undefined && child.exitCode === null && child.signalCode === null
  if (!isRunning) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeout)
  await exited
  clearTimeout(timer)
}
