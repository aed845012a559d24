/** The hand-off between a page and main. Ports cannot cross the contextBridge: `window.postMessage` carries them over. */
import { type IpcRendererEvent, contextBridge, ipcRenderer } from 'electron'
import { type Ask, type HandoffBridge, type Reply, ipc } from '../ports/handoff/handoff'

/**
 * What this document has asked for, by nonce, and how. Main answers a window, which may show another
 * document by then.
 */
const asked = new Map<string, string>()

function send(channel: string, ask: Ask): void {
  asked.set(ask.nonce, channel)
  ipcRenderer.send(channel, ask)
}

const bridge: HandoffBridge = {
  open: (ask) => send(ipc.open, ask),
  accept: (ask) => send(ipc.accept, ask),
  withdraw(nonce) {
    asked.delete(nonce)
    ipcRenderer.send(ipc.withdraw, nonce)
  },
}

/** Puts the bridge on the page's `window`. */
export function expose(): void {
  ipcRenderer.send(ipc.document)
  contextBridge.exposeInMainWorld('portsBridge', bridge)
  for (const channel of [ipc.grant, ipc.refuse]) ipcRenderer.on(channel, passOn)
  // Which port is meant the page can tell alone.
  ipcRenderer.on(ipc.gone, (_event, reply: Reply) => tell(reply))
}

function passOn(event: IpcRendererEvent, reply: Reply): void {
  const how = asked.get(reply.nonce)
  if (!how) return event.ports.forEach((port) => port.close())
  if (how === ipc.open) asked.delete(reply.nonce) // answered once; who accepts is answered often
  tell(reply, event.ports)
}

/** To this page's own origin, never to '*'. */
function tell(reply: Reply, ports: MessagePort[] = []): void {
  window.postMessage(reply, window.location.origin, ports)
}
