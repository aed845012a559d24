// The thread at the other end of the port.
import { parentPort } from 'node:worker_threads'
import { findSubject } from './subjects/index.ts'

const [, , subject] = process.argv
parentPort?.once('message', (port: MessagePort) => findSubject(subject).serve(port))
