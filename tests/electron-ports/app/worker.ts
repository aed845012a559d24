/** The dedicated worker of a page. Its page forwards the ports. */
import { failPlaying, play } from '../../ports/cases/meet.ts'
import { allCases } from '../scenarios.ts'
import type { Order, Outcome } from './order.ts'

/** As much of a worker's own global as is needed: the types here are those of a page. */
const worker = globalThis as unknown as { postMessage(outcome: Outcome): void }

addEventListener('message', async ({ data: { id, part }, ports: [port] }: MessageEvent<Order>) => {
  if (port) worker.postMessage({ id, outcome: await play(part, port, allCases) })
})
addEventListener('error', ({ error }) => failPlaying(error))
addEventListener('unhandledrejection', ({ reason }) => failPlaying(reason))
