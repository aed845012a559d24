// Both ends of a port in one thread of a process of their own, so that the clock sees all that a message costs:
// the kernel alone, with an agent of the live view beside it, or with one that records and reports.
import { MessageChannel } from 'node:worker_threads'
import { type Task, type Tools, runCase } from '../ports/cases.ts'
import { ours } from '../ports/subjects/ours.ts'
import type { State } from './states.ts'

/** How often an agent reports, in milliseconds. */
const PAUSE_MS = 100

const state = process.argv[2] as State

if (state !== 'absent') {
  const { Recording } = await import('../../templates/features/live/src/live/agent/recording.ts')
  if (state === 'open') {
    const recording = new Recording('redacted')
    setInterval(() => recording.take(), PAUSE_MS)
  }
}

const { port1, port2 } = new MessageChannel()
ours.serve(port2 as unknown as MessagePort)
const client = ours.connect(port1 as unknown as MessagePort)

const tools: Tools = { readMemory: async () => process.memoryUsage.rss() / 1e6 }
process.on('message', async ({ id, ...task }: Task & { id: number }) => {
  process.send?.({ id, ...(await runCase(client, task, tools)) })
})
process.on('disconnect', () => process.exit())
