/** The other thread of `cases.test.ts`. */
import { type MessagePort, parentPort } from 'node:worker_threads'
import { cases } from './cases.ts'
import { type Part, failPlaying, play } from './meet.ts'

parentPort?.on('message', async ({ part, port }: { part: Part; port: MessagePort }) => {
  parentPort?.postMessage({ name: part.name, outcome: await play(part, port, cases) })
})

process.on('uncaughtException', failPlaying)
