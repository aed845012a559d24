// A process for one subject, so that no other shares its heap and its compiled code: this thread
// asks, the worker's answers. It measures what it is told to, one case at a time.
import { MessageChannel, Worker } from 'node:worker_threads'
import { findCase } from './cases.ts'
import { findSubject } from './subjects/index.ts'
import type { Outcome, Task } from './threads.ts'

const [, , subject] = process.argv
const client = findSubject(subject).connect(openPort())

process.on('message', async (task: Task) => process.send?.(await measure(task)))
process.on('disconnect', () => process.exit())

async function measure({ name, share }: Task): Promise<Outcome> {
  try {
    const value = await findCase(name).measure(client, share)
    return value === undefined ? {} : { value }
  } catch (error) {
    return { error: String(error) }
  }
}

/** A port whose other end is with another thread, which serves it. */
function openPort(): MessagePort {
  const { port1, port2 } = new MessageChannel()
  const worker = new Worker(new URL('worker.js', import.meta.url), { argv: [subject] })
  worker.postMessage(port2, [port2])
  // Node's port is the DOM's in all that the subjects ask of it.
  return port1 as unknown as MessagePort
}
