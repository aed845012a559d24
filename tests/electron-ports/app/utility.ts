/** A utility process. */
import { failPlaying, play } from '../../ports/cases/meet.ts'
import { allCases } from '../scenarios.ts'
import type { Order, Outcome } from './order.ts'
import { ownPort } from './own-port.ts'

const { parentPort } = process

parentPort.on('message', async ({ data, ports: [port] }) => {
  const { id, part, isChecked }: Order = data
  if (!port) return
  const outcome = await play(part, ownPort(port, isChecked), allCases)
  parentPort.postMessage({ id, outcome } satisfies Outcome)
})

process.on('uncaughtException', failPlaying)
process.on('unhandledRejection', failPlaying)
