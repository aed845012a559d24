import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { type MessagePortMain, dialog } from 'electron'
import { DESK, type Desk, type Process } from '../../live/contract'
import type { Ports } from '../../ports/handoff/handoff-client'
import { serve } from '../../ports/link'
import type { Main } from '../services'
import { harm } from './harm'
import { listProcesses } from './processes'

/** How often it is looked which processes there are, in milliseconds, and how long nothing is told of the same ones. */
const LOOK_MS = 100
const SAME_MS = 1000

type DeskPorts = Ports<
  MessagePortMain,
  {
    opens: object & Record<string, never>
    accepts: Record<typeof DESK, { asks: object; serves: Desk }>
  }
>

/** Serves the view what main alone knows, and can do. */
export function serveDesk({ ports, pages }: Main): void {
  serve(ports as unknown as DeskPorts, DESK, {
    watch: (signal) => watchProcesses(() => listProcesses(pages), signal),
    save,
    harm: async (node, key, how) => harm({ node, key }, how, pages),
  })
}

async function* watchProcesses(
  list: () => Process[],
  signal: AbortSignal,
): AsyncGenerator<Process[], void> {
  signal.throwIfAborted()
  let told = ''
  let at = 0
  for (;;) {
    const processes = list()
    const which = JSON.stringify(
      processes.map(({ node, key, pid, state }) => [node, key, pid, state]),
    )
    if (which !== told || Date.now() - at > SAME_MS) {
      told = which
      at = Date.now()
      yield processes
    }
    await sleep(LOOK_MS, undefined, { signal })
  }
}

async function save(text: unknown): Promise<void> {
  const { filePath } = await dialog.showSaveDialog({ defaultPath: 'messages.json' })
  if (filePath) await writeFile(filePath, String(text))
}
