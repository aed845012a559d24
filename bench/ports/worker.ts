// The thread at the other end of the port.
import { once } from 'node:events'
import { parentPort } from 'node:worker_threads'
import { loadSubject } from './subjects/index.ts'

const [, , subject] = process.argv
const [[port], { serve }] = await Promise.all([once(parentPort!, 'message'), loadSubject(subject)])
serve(port as MessagePort)
