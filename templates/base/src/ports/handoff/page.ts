/**
 * A page's half of the hand-off. It gives genuine MessagePorts, and does not care what is spoken over
 * them: `openChannel`, comlink, or plain `postMessage`.
 */
import { type HandoffBridge, isReply } from './handoff'
import type { NodeLinks } from '../links'
import { HandoffClient, type Ports } from './handoff-client'

declare global {
  interface Window {
    /** Put there by the preload: a window without it has none. */
    readonly portsBridge: HandoffBridge
  }
}

const client = new HandoffClient<MessagePort>(window.portsBridge)

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  // The preload posts from this very window; a frame or an opener would be another source.
  if (event.source !== window || !isReply(event.data)) return
  const [port] = event.ports
  if (port) hold(port)
  client.receive(event.data, port)
})

/**
 * The ports this document holds. One that is left closes them itself, while it still can: the other
 * end learns of it at once, and Electron before 29 crashes when it tears down a document whose open
 * port has a `close` listener (electron/electron#41201). Held weakly, for a port that was closed at
 * this end fires no `close` and would stay here; one that is open is not collected.
 */
const held = new Set<WeakRef<MessagePort>>()

// `unload` is the last event, and a listener added this late the last to hear it: the page may have last words to send
// from any of its own. Where Chromium no longer fires it, Electron is past that crash.
window.addEventListener('pagehide', () => {
  window.addEventListener('unload', closeAll, { once: true })
})

function closeAll(): void {
  for (const port of held) port.deref()?.close()
}

function hold(port: MessagePort): void {
  for (const old of held) if (!old.deref()) held.delete(old)
  const ref = new WeakRef(port)
  held.add(ref)
  port.addEventListener('close', () => held.delete(ref))
}

/** The ports of a page whose links are known: `const ports: PagePorts<LinksOf<'app'>>`. */
export type PagePorts<Links extends NodeLinks> = Ports<MessagePort, Links>

/** How this page comes by its ports, of whichever links. */
export const ports: Ports<MessagePort> = client
