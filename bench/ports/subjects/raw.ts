import { type Order, type Subject, service } from '../subject.ts'

/**
 * The port itself, with as little as anybody has to write who wants an answer: an id on every
 * question, and a Map of those who wait. A stream is a flood in posts of a hundred items; nothing
 * holds it back. Big items are posted each by itself.
 */
export const raw: Subject = {
  connect(port) {
    const waiting = new Map<number, (value: unknown) => void>()
    let lastId = 0
    let receive: ((items: unknown[]) => void) | undefined

    port.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (Array.isArray(data)) return receive?.(data)
      waiting.get(data.id)?.(data.value)
      waiting.delete(data.id)
    })
    port.start()

    return {
      echo: (value) =>
        new Promise((resolve) => {
          lastId += 1
          waiting.set(lastId, resolve as (value: unknown) => void)
          port.postMessage({ id: lastId, value })
        }),

      async *items(...order) {
        let arrived: unknown[] = []
        let wake: (() => void) | undefined
        receive = (items) => {
          arrived.push(...items)
          wake?.()
        }
        port.postMessage({ order })
        for (;;) {
          if (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve))
          const items = arrived
          arrived = []
          const isLast = items.at(-1) === END
          if (isLast) items.pop()
          for (const item of items) yield item
          if (isLast) break
        }
      },
    }
  },
  serve(port) {
    port.addEventListener('message', ({ data }: MessageEvent<Question>) => {
      if ('order' in data) void flood(port, data.order)
      else port.postMessage({ id: data.id, value: service.echo(data.value) })
    })
    port.start()
  },
}

type Question = { id: number; value: unknown } | { order: Order }
type Answer = { id: number; value: unknown } | unknown[]

const END = 'end'
const ITEMS_A_POST = 100

async function flood(port: MessagePort, order: Order): Promise<void> {
  const [, bytes] = order
  const most = bytes > 0 ? 1 : ITEMS_A_POST
  let items: unknown[] = []
  for await (const item of service.items(...order)) {
    items.push(item)
    if (items.length < most) continue
    port.postMessage(items)
    items = []
  }
  port.postMessage([...items, END])
}
