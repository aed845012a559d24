/** The page that opens the others and directs them, in the place of an app's main process. */
import { Director } from '../../electron-ports/app/director.ts'
import type { Order } from '../../electron-ports/app/order.ts'
import type { Pair, Place } from '../../electron-ports/pairs.ts'
import type { Part } from '../../ports/cases/meet.ts'

declare global {
  /** What that page offers to tests. */
  var site: {
    /** Opens a page. Resolves once it and its worker take orders. */
    openPage(url: string, place: Place, worker: Place): Promise<void>
    /** Plays a case between two places. Gives what came of it at either end. */
    play(pair: Pair, name: string): Promise<Record<Part['role'], string>>
    /** What came of the case that is played, at its reader's end. */
    readerOutcome(): Promise<string>
  }
}

const director = new Director<MessagePort>(() => new MessageChannel())

globalThis.site = {
  openPage: (url, place, worker) =>
    new Promise((resolve) => {
      const { origin } = new URL(url)
      const opened = window.open(url)
      window.addEventListener('message', (event) => {
        if (!opened || event.source !== opened || event.origin !== origin) return
        const orders = newOrders()
        for (const each of [place, worker]) director.admit(each, orders.send)
        opened.postMessage('orders', origin, [orders.port])
        resolve()
      })
    }),
  play: (pair, name) => director.play(pair, name, false),
  readerOutcome: () => director.readerOutcome,
}

/** How to give orders, and the port to be had by whom they are given to. */
function newOrders(): { send(order: Order, port: MessagePort): void; port: MessagePort } {
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', ({ data }) => director.receive(data))
  port1.start()
  return { send: (order, port) => port1.postMessage(order, [port]), port: port2 }
}
