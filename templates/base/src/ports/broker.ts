/**
 * Main's half of the hand-off: gives each end of a link to whoever may have it, and keeps none.
 * Messages between the two ends do not pass through main.
 *
 *   accepting  { jobs → worker's document }        opening  { jobs → [app's document, …] }
 *              └───────────── a pair ─▶ new MessageChannelMain() ◀─────────┘
 */
import {
  type IpcMainEvent,
  MessageChannelMain,
  type MessagePortMain,
  type WebContents,
  ipcMain,
} from 'electron'
import { type Ask, type Reply, ipc, isAsk } from './handoff'

/** Who may speak to whom: what {@link Broker} needs to know of `src/topology.ts`. */
export interface Links {
  readonly [link: string]: { readonly from: string; readonly to: string }
}

/** An ask that was found good. */
interface Request {
  readonly nonce: string
  readonly contents: WebContents
}

/** How many ports of one link a page may wait for; a page in a loop shall not fill main's memory. */
const MAX_WAITING = 64

/** How many different refusals are logged, each once. */
const MAX_LOGGED = 100

export class Broker {
  readonly #links: Links
  readonly #origin: string
  readonly #nodes = new WeakMap<WebContents, string>()
  readonly #accepting = new Map<string, Request>()
  readonly #opening = new Map<string, Request[]>()
  readonly #generations = new Map<string, number>()
  readonly #refusals = new Set<string>()

  /** @param origin  The one origin whose pages may ask for ports. */
  constructor(links: Links, origin: string) {
    this.#links = links
    this.#origin = origin
    ipcMain.on(ipc.document, (event) => {
      // A frame that begins inside the page, should the preload run there too, ends nothing of it.
      if (!event.senderFrame?.parent) this.#forget(event.sender)
    })
    ipcMain.on(ipc.withdraw, (event, nonce) => this.#forget(event.sender, nonce))
    ipcMain.on(ipc.open, (event, data) => this.#receive(event, data, 'from'))
    ipcMain.on(ipc.accept, (event, data) => this.#receive(event, data, 'to'))
  }

  /** Lets the pages of `contents` ask for the links of `node`, across reloads and crashes. */
  admit(node: string, contents: WebContents): void {
    this.#nodes.set(contents, node)
    contents.on('render-process-gone', () => this.#forget(contents))
    contents.on('destroyed', () => this.#forget(contents))
  }

  #receive(event: IpcMainEvent, data: unknown, end: 'from' | 'to'): void {
    if (!isAsk(data)) return this.#refuse(event, undefined, 'The request is malformed.')
    const objection = this.#objection(event, data, end)
    if (objection) return this.#refuse(event, data, objection)
    const request = { nonce: data.nonce, contents: event.sender }
    if (end === 'to') this.#accepting.set(data.link, request)
    else this.#opening.set(data.link, [...this.#waitingFor(data.link), request])
    this.#pairUp(data.link)
  }

  /** Why this sender may not have this end of the link; undefined when it may. */
  #objection(event: IpcMainEvent, ask: Ask, end: 'from' | 'to'): string | undefined {
    // Read at once: a frame that has gone or moved on is null later, or shows its next document.
    const frame = event.senderFrame
    if (!frame) return 'The frame that asked is gone.'
    if (frame.parent !== null) return 'Only the top frame of a window may ask for a port.'
    if (frame.origin !== this.#origin) return `Pages of "${frame.origin}" may not ask for ports.`
    const node = this.#nodes.get(event.sender)
    if (!node) return 'This window is no node of src/topology.ts.'
    const link = Object.hasOwn(this.#links, ask.link) ? this.#links[ask.link] : undefined
    if (!link) return `There is no link ${JSON.stringify(ask.link)} in src/topology.ts.`
    if (link[end] !== node) {
      return `The link "${ask.link}" goes from "${link.from}" to "${link.to}" in src/topology.ts: "${node}" is not its "${end}".`
    }
    const waiting = this.#waitingFor(ask.link).filter(({ contents }) => contents === event.sender)
    if (end === 'from' && waiting.length >= MAX_WAITING) {
      return `"${node}" waits for ${MAX_WAITING} ports of the link "${ask.link}" already.`
    }
    return undefined
  }

  /** Says no to the page, and once to the log. */
  #refuse(event: IpcMainEvent, ask: Ask | undefined, reason: string): void {
    if (!this.#refusals.has(reason) && this.#refusals.size < MAX_LOGGED) {
      this.#refusals.add(reason)
      console.warn(`A port was refused. ${reason}`)
    }
    if (!ask) return
    const { link, nonce } = ask
    reply(event.senderFrame, { type: ipc.refuse, link, nonce, reason })
  }

  #pairUp(link: string): void {
    const acceptor = this.#accepting.get(link)
    if (!acceptor) return
    const openers = this.#waitingFor(link)
    this.#opening.delete(link)
    for (const opener of openers) this.#connect(link, opener, acceptor)
  }

  #connect(link: string, opener: Request, acceptor: Request): void {
    const generation = (this.#generations.get(link) ?? 0) + 1
    this.#generations.set(link, generation)
    const { port1, port2 } = new MessageChannelMain()
    const grant = { type: ipc.grant, link, generation }
    reply(acceptor.contents, { ...grant, nonce: acceptor.nonce }, port1)
    reply(opener.contents, { ...grant, nonce: opener.nonce }, port2)
  }

  /** Drops what a document asked for, all of it when it has gone, or what it withdrew. */
  #forget(contents: WebContents, nonce?: string): void {
    const isKept = (request: Request): boolean =>
      request.contents !== contents || (nonce !== undefined && request.nonce !== nonce)
    for (const [link, acceptor] of this.#accepting) {
      if (!isKept(acceptor)) this.#accepting.delete(link)
    }
    for (const [link, openers] of this.#opening) this.#opening.set(link, openers.filter(isKept))
  }

  #waitingFor(link: string): Request[] {
    return this.#opening.get(link) ?? []
  }
}

/** Posts to a page. One that is gone gets nothing; its port is closed, so that the other end learns of it. */
function reply(
  to: { postMessage: WebContents['postMessage'] } | null | undefined,
  message: Reply,
  port?: MessagePortMain,
): void {
  try {
    to?.postMessage(message.type, message, port ? [port] : [])
  } catch {
    port?.close()
  }
}
