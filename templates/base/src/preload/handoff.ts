/** The hand-off between a page and main. Ports cannot cross the contextBridge: `window.postMessage` carries them over. */
import { type IpcRendererEvent, contextBridge, ipcRenderer } from 'electron'
import { Allowance } from '../ports/handoff/allowance'
import {
  type Ask,
  type End,
  type HandoffBridge,
  LIMITS,
  type Reply,
  WHAT_A_KEY_IS,
  fromMain,
  isAsk,
  isKey,
  toMain,
} from '../ports/handoff/handoff'

/**
 * What this document has asked for, by nonce, and which end. Main answers a window, which may show another
 * document by then.
 */
const asked = new Map<unknown, End>()

/** Main keeps to the same, but there every excess costs all windows their time. */
const allowances = { from: new Allowance(LIMITS.from), to: new Allowance(LIMITS.to) }

function send(channel: string, end: End, ask: unknown): void {
  if (!isAsk(ask))
    throw new TypeError('The hand-off is asked for { link, nonce }, two short strings.')
  const { link, nonce, to, again } = ask
  if (to !== undefined && !isKey(to)) throw new TypeError(WHAT_A_KEY_IS)
  if (!allowances[end].spend()) return refuse(ask)
  asked.set(nonce, end)
  const checked: Ask = {
    link,
    nonce,
    ...(to !== undefined && { to }),
    ...(again === true && { again }),
  }
  ipcRenderer.send(channel, checked)
}

function refuse({ link, nonce }: Ask): void {
  const reason = 'This page asks for more ports than it can need.'
  tell({ type: fromMain.refuse, link, nonce, code: 'unavailable', reason })
}

const bridge: HandoffBridge = {
  open: (ask) => send(toMain.open, 'from', ask),
  accept: (ask) => send(toMain.accept, 'to', ask),
  withdraw(nonce) {
    if (asked.delete(nonce)) ipcRenderer.send(toMain.withdraw, nonce)
  },
}

/** Puts the bridge on the page's `window`. */
export function expose(): void {
  ipcRenderer.send(toMain.document)
  contextBridge.exposeInMainWorld('portsBridge', bridge)
  for (const channel of [fromMain.grant, fromMain.refuse]) ipcRenderer.on(channel, passOn)
  // Which port is meant the page can tell alone.
  for (const channel of [fromMain.gone, fromMain.waiting]) {
    ipcRenderer.on(channel, (_event, reply: Reply) => tell(reply))
  }
}

function passOn(event: IpcRendererEvent, reply: Reply): void {
  const end = asked.get(reply.nonce)
  if (!end) return event.ports.forEach((port) => port.close())
  if (end === 'from') asked.delete(reply.nonce) // answered once; who accepts is answered often
  tell(reply, event.ports)
}

/** To this page's own origin, never to '*'. */
function tell(reply: Reply, ports: MessagePort[] = []): void {
  window.postMessage(reply, window.location.origin, ports)
}
