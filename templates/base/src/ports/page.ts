/**
 * The page's half of the hand-off. It gives a genuine MessagePort, and does not care what is spoken
 * over it: `openChannel`, comlink, or plain `postMessage`.
 */
import { PortError } from './errors'
import { type Ask, type HandoffBridge, type Reply, isReply } from './handoff'

declare global {
  interface Window {
    /** Put there by the preload. */
    readonly portsBridge: HandoffBridge
  }
}

/** A port, and which one it is of its link: 1 for the first since the app started, then 2, … */
export interface Grant {
  port: MessagePort
  generation: number
}

/** Who waits for a reply, by nonce. */
const replies = new Map<string, (reply: Reply, port: MessagePort | undefined) => void>()

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  // The preload posts from this very window; a frame or an opener would be another source.
  if (event.source !== window || !isReply(event.data)) return
  const [port] = event.ports
  const receive = replies.get(event.data.nonce)
  if (receive) receive(event.data, port)
  else port?.close() // Nobody here asked for it. Closing tells the other end.
})

/**
 * The ports this document holds. One that is left closes them itself, while it still can: the other
 * end learns of it at once, and Electron before 29 crashes when it tears down a document whose open
 * port has a `close` listener (electron/electron#41201). Held weakly, for a port that was closed at
 * this end fires no `close` and would stay here; one that is open is not collected.
 */
const held = new Set<WeakRef<MessagePort>>()

window.addEventListener('pagehide', () => {
  for (const port of held) port.deref()?.close()
})

/**
 * Asks for this page's end of `link`, and waits until the other node is there to take the other end.
 *
 * @throws {PortError} `refused` when `src/topology.ts` has no such link from this page.
 * @throws the signal's reason when it aborts first; the request is then withdrawn.
 */
export function requestPort(link: string, signal?: AbortSignal): Promise<Grant> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const ask = newAsk(link)
    const settle = (): void => {
      replies.delete(ask.nonce)
      signal?.removeEventListener('abort', abort)
    }
    const abort = (): void => {
      settle()
      window.portsBridge.withdraw(ask.nonce)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort)
    replies.set(ask.nonce, (reply, port) => {
      settle()
      const grant = toGrant(reply, port)
      if (grant instanceof PortError) reject(grant)
      else resolve(grant)
    })
    window.portsBridge.open(ask)
  })
}

/**
 * Takes this page's end of `link` from now on: `onPort` is called with a port of its own for every
 * node that opens the link. A port that nobody starts keeps its messages.
 *
 * @returns how to stop accepting; ports that were handed out live on.
 */
export function acceptPorts(link: string, onPort: (grant: Grant) => void): () => void {
  const ask = newAsk(link)
  replies.set(ask.nonce, (reply, port) => {
    const grant = toGrant(reply, port)
    if (grant instanceof PortError) console.error(grant)
    else onPort(grant)
  })
  window.portsBridge.accept(ask)
  return () => {
    if (replies.delete(ask.nonce)) window.portsBridge.withdraw(ask.nonce)
  }
}

function newAsk(link: string): Ask {
  return { link, nonce: crypto.randomUUID() }
}

function toGrant(reply: Reply, port: MessagePort | undefined): Grant | PortError {
  if (reply.type === 'ports:refuse') return new PortError('refused', reply.reason)
  if (!port) return new PortError('refused', 'Main granted the link, but the port was lost.')
  for (const old of held) if (!old.deref()) held.delete(old)
  const ref = new WeakRef(port)
  held.add(ref)
  port.addEventListener('close', () => held.delete(ref))
  return { port, generation: reply.generation }
}
