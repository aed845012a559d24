/** Where the requests of pages come in: main's side of the preload. */
import { type IpcMainEvent, type WebContents, type WebFrameMain, ipcMain } from 'electron'
import { printable } from '../printable'
import type { Broker } from './broker'
import { type End, type Peer, isAsk, isName, toMain } from './handoff'
import type { Member } from './member'

interface Page extends Member {
  readonly origin: string
}

export class Pages {
  readonly #broker: Broker
  readonly #members = new WeakMap<WebContents, Page>()

  constructor(broker: Broker) {
    this.#broker = broker
    ipcMain.on(toMain.document, (event) => {
      if (isOfShownDocument(event)) this.#begin(event)
    })
    ipcMain.on(toMain.withdraw, (event, nonce) => {
      if (isOfShownDocument(event) && isName(nonce)) this.#forget(event.sender, nonce)
    })
    ipcMain.on(toMain.open, (event, data) => this.#receive(event, 'from', data))
    ipcMain.on(toMain.accept, (event, data) => this.#receive(event, 'to', data))
  }

  /**
   * Lets the pages of `contents` ask for the links of `node`, across reloads and crashes.
   *
   * @param origin  The one whose pages may ask: such as `app://bundle`.
   * @param key  Which one it is, where there are many of the node.
   * @throws TypeError when the node is one of many and has no key, or the other way round.
   */
  admit(node: string, contents: WebContents, origin: string, key?: string): void {
    this.#broker.check({ node, key })
    const post: Member['post'] = (reply, port) =>
      contents.postMessage(reply.type, reply, port ? [port] : [])
    this.#members.set(contents, { node, key, isPage: true, post, origin })
    contents.on('render-process-gone', () => this.#leave(contents))
    contents.on('destroyed', () => this.#leave(contents))
  }

  /** Whose pages `contents` shows: the node, and which one of many; undefined when it is none. */
  memberOf(contents: WebContents): Peer | undefined {
    return this.#members.get(contents)
  }

  #receive(event: IpcMainEvent, end: End, data: unknown): void {
    // Read at once: a frame that has gone or moved on is null later, or shows its next document.
    const { sender, senderFrame } = event
    const member = this.#members.get(sender)
    const objection = this.#objection(event, member)
    if (objection !== undefined) return this.#refuse(objection, senderFrame, member, data)
    if (member) this.#broker.ask(member, end, data)
  }

  /** Answers the very frame that asked, which need not be the one its window shows. */
  #refuse(
    reason: string,
    frame: WebFrameMain | null | undefined,
    { node, key }: Peer = { node: '' },
    data: unknown,
  ): void {
    const post: Member['post'] = (reply) => frame?.postMessage(reply.type, reply)
    this.#broker.refuse(reason, { node, key, post }, isAsk(data) ? data : undefined)
  }

  /** Why this frame may not ask for anything; undefined when it may. */
  #objection(event: IpcMainEvent, page: Page | undefined): string | undefined {
    const frame = event.senderFrame
    if (!frame) return 'The frame that asked is gone.'
    if (frame.parent !== null) return 'Only the top frame of a window may ask for a port.'
    if (!page) return 'This window is no node of src/topology.ts.'
    if (frame.origin !== page.origin) {
      return `Pages of "${printable(frame.origin)}" may not ask for ports.`
    }
    // It spoke while its window moved on: the port would go to the next document.
    return isOfShownDocument(event) ? undefined : 'The frame that asked is gone.'
  }

  /** There is a new document. */
  #begin({ sender, senderFrame }: IpcMainEvent): void {
    this.#forget(sender)
    const member = this.#members.get(sender)
    if (member && senderFrame?.origin === member.origin) this.#broker.enter(member)
    else this.#leave(sender)
  }

  #leave(contents: WebContents): void {
    const member = this.#members.get(contents)
    if (member) this.#broker.leave(member)
  }

  #forget(contents: WebContents, nonce?: string): void {
    const member = this.#members.get(contents)
    if (member) this.#broker.forget(member, nonce)
  }
}

/**
 * Whether it was sent by the document that the window shows: a frame that is `detached` is no sign of another, for after
 * a crash Electron 33 calls that of the next document so. A frame inside of it is another one, should the preload
 * run there too; and where pages are isolated by COOP and COEP, the first frame of a load is thrown away, and heard of
 * when the real document has asked already.
 */
function isOfShownDocument({ sender, processId, frameId }: IpcMainEvent): boolean {
  if (sender.isDestroyed()) return false
  const { mainFrame } = sender
  return mainFrame.processId === processId && mainFrame.routingId === frameId
}
