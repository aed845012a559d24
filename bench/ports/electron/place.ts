import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDisplay } from '../../../tests/electron/display.ts'
import { electronEnv } from '../../../tests/electron/electron-env.ts'
import { type FoundElectron, findElectron } from '../../../tests/electron/find-electron.ts'
import { type Host, type Place, ask, valueOf } from '../place.ts'
import type { Order } from './messages.ts'

/**
 * Pairs of pages, each in a process of its own, in the Electron that the tests run in.
 *
 * @throws when there is none.
 */
export async function openPages(): Promise<Place> {
  console.error('Getting Electron ready …')
  const electron = await findElectron()
  const { display, stop } = await startDisplay()
  const profile = await mkdtemp(join(tmpdir(), 'bench-ports-'))
  const child = start(electron, display, profile)
  const exited = once(child, 'exit')
  let hosts = 0

  return {
    name: 'two pages',
    engine: `Electron ${electron.version}`,
    isForeign: true,
    async open(subject) {
      hosts += 1
      return openHost(child, hosts, subject)
    },
    async close() {
      if (child.connected) child.disconnect()
      await exited
      await stop()
      await rm(profile, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

function start(
  { execPath, ...electron }: FoundElectron,
  display: string | undefined,
  profile: string,
): ChildProcess {
  const env = { ...process.env, ...electronEnv({ execPath, ...electron }, display) }
  delete env.ELECTRON_RUN_AS_NODE
  // As the tests do: the system's sandbox, which root cannot have, plays no part in what is measured.
  const flags = process.platform === 'linux' ? ['--no-sandbox'] : []
  const main = fileURLToPath(new URL('electron/main.cjs', import.meta.url))
  return spawn(execPath, [...flags, `--user-data-dir=${profile}`, main], {
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
}

async function openHost(child: ChildProcess, host: number, subject: string): Promise<Host> {
  const order = async (what: Order): Promise<number | undefined> => valueOf(await ask(child, what))
  await order({ verb: 'open', host, subject })
  return {
    subject,
    measure: (task) => order({ verb: 'measure', host, ...task }),
    // When Electron has ended, so has the host.
    close: () => void order({ verb: 'close', host }).catch(() => {}),
  }
}
