import { type Order, type Subject, service } from '../subject.ts'

/**
 * The port itself, with as little as the cases can do with: a port keeps order, so the first answer
 * belongs to the first question. A stream is a flood with an end marker, and nothing holds it back.
 */
export const raw: Subject = {
  name: 'raw',
  connect(port) {
    let receive: (data: unknown) => void
    port.addEventListener('message', ({ data }) => receive(data))
    port.start()

    const waiting: ((answer: unknown) => void)[] = []
    const settle = (data: unknown): void => waiting.shift()?.(data)
    receive = settle

    return {
      echo: (value) =>
        new Promise((resolve) => {
          waiting.push(resolve as (answer: unknown) => void)
          port.postMessage(value)
        }),
      async *items(...order) {
        let arrived: unknown[] = []
        let wake: (() => void) | undefined
        receive = (data) => {
          arrived.push(data)
          wake?.()
        }
        port.postMessage({ order })
        for (;;) {
          if (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve))
          const items = arrived
          arrived = []
          const isLast = items.at(-1) === END
          if (isLast) items.pop()
          yield* items
          if (isLast) break
        }
        receive = settle
      },
    }
  },
  serve(port) {
    port.addEventListener('message', async ({ data }) => {
      if (!isOrder(data)) return port.postMessage(data)
      for await (const item of service.items(...data.order)) port.postMessage(item)
      port.postMessage(END)
    })
    port.start()
  },
}

const END = 'end'

function isOrder(data: unknown): data is { order: Order } {
  return typeof data === 'object' && data !== null && 'order' in data
}
