/** A page: plays its parts, and forwards those of its dedicated worker, with their ports. */
import { failPlaying, play } from '../../ports/cases/meet.ts'
import { allCases } from '../scenarios.ts'
import type { Order, Outcome } from './order.ts'

declare global {
  interface Window {
    requestOrders(): void
  }
}

const worker = new Worker('worker.js')

window.addEventListener('message', ({ source, data, ports: [orders] }) => {
  if (source === window && data === 'orders' && orders) obey(orders)
})

function obey(orders: MessagePort): void {
  const answer = (outcome: Outcome): void => orders.postMessage(outcome)
  worker.addEventListener('message', ({ data }: MessageEvent<Outcome>) => answer(data))
  orders.addEventListener('message', async ({ data, ports: [port] }: MessageEvent<Order>) => {
    if (!port) return
    if (data.to === 'worker') worker.postMessage(data, [port])
    else answer({ id: data.id, outcome: await play(data.part, port, allCases) })
  })
  orders.start()
}

window.addEventListener('error', ({ error }) => failPlaying(error))
window.addEventListener('unhandledrejection', ({ reason }) => failPlaying(reason))
window.requestOrders()
