// A process for one subject, so that no other shares its heap and its compiled code: this thread
// asks, the worker's answers. It measures what it is told to, one case at a time.
import { MessageChannel, Worker } from 'node:worker_threads'
import { type Task, type Tools, runCase } from './cases.ts'
import { loadSubject } from './subjects/index.ts'

const [, , subject] = process.argv
const { connect } = await loadSubject(subject)
const client = connect(openPort())
const tools: Tools = { readMemory: async () => process.memoryUsage.rss() / 1e6 }

process.on('message', async ({ id, ...task }: Task & { id: number }) => {
  process.send?.({ id, ...(await runCase(client, task, tools)) })
})
process.on('disconnect', () => process.exit())

/** A port whose other end is with another thread, which serves it. */
function openPort(): MessagePort {
  const { port1, port2 } = new MessageChannel()
  const worker = new Worker(new URL('worker.js', import.meta.url), { argv: [subject] })
  worker.postMessage(port2, [port2])
  // Node's port is the DOM's in all that the subjects ask of it.
  return port1 as unknown as MessagePort
}
