import { AsyncCall, AsyncGeneratorCall, type EventBasedChannel } from 'async-call-rpc/full'
import { type Client, type Subject, service } from '../subject.ts'

/**
 * Calls and streams are two servers, and on one port each would refuse what is meant for the other:
 * a second port for the streams crosses the first.
 */
export const asyncCallRpc: Subject = {
  connect(port) {
    const { port1, port2 } = new MessageChannel()
    port.postMessage(null, [port2])
    const { echo } = AsyncCall<Pick<Client, 'echo'>>({}, optionsFor(port))
    const { items } = AsyncGeneratorCall<Pick<typeof service, 'items'>>({}, optionsFor(port1))
    return { echo, items: (...order) => readAhead(items(...order)) }
  },
  serve(port) {
    const accept = ({ ports: [streams] }: MessageEvent): void => {
      AsyncCall(service, optionsFor(port))
      if (streams) AsyncGeneratorCall(service, optionsFor(streams))
    }
    port.addEventListener('message', accept, { once: true })
    port.start()
  },
}

function optionsFor(port: MessagePort): Parameters<typeof AsyncCall>[1] {
  const channel: EventBasedChannel = {
    on(listener) {
      port.addEventListener('message', ({ data }) => listener(data))
      port.start()
    },
    send: (data) => port.postMessage(data),
  }
  return { channel, log: false, thenable: false }
}

const AHEAD = 16

/** The consumer pulls; `for await` alone would ask for one item at a time. */
async function* readAhead(items: AsyncGenerator<unknown>): AsyncGenerator<unknown, void> {
  const ask = (): ReturnType<typeof items.next> => {
    const next = items.next()
    next.catch(() => {}) // What is asked for beyond the end is refused.
    return next
  }
  const asked = Array.from({ length: AHEAD }, ask)
  for (;;) {
    const result = await asked.shift()
    if (!result || result.done) return
    asked.push(ask())
    yield result.value
  }
}
