import { EventEmitter } from 'node:events'
import type * as electron from 'electron'

/** As much of Electron as the broker needs. Every port that it makes is written down. */
export const ipcMain = new EventEmitter()

export class FakePort extends EventEmitter {
  isClosed = false
  /** What main has posted over it. */
  readonly posted: unknown[] = []
  start = (): void => {}
  postMessage = (message: unknown): void => void this.posted.push(message)
  close(): void {
    this.isClosed = true
  }
}

export const channels: FakeMessageChannel[] = []

class FakeMessageChannel {
  readonly port1 = new FakePort()
  readonly port2 = new FakePort()
  constructor() {
    channels.push(this)
  }
}

export const MessageChannelMain = FakeMessageChannel

/** What a page receives: what its frame or its window was posted. */
export interface Post {
  channel: string
  message: unknown
  ports: FakePort[]
}

export const ORIGIN = 'app://bundle'

type FakeFrame = ReturnType<FakeContents['newFrame']>

let lastFrame = 0

/** A window's contents, and the top frame of its document. */
export class FakeContents extends EventEmitter {
  readonly received: Post[] = []
  isGone = false
  postMessage = (channel: string, message: unknown, ports: FakePort[] = []): void => {
    if (this.isGone) throw new Error('Object has been destroyed')
    this.received.push({ channel, message, ports })
  }

  /** The frame that speaks; a test may put another in its place. */
  frame: unknown = this.newFrame()

  newFrame({ origin = ORIGIN, parent = null }: { origin?: string; parent?: unknown } = {}) {
    lastFrame += 1
    return { origin, parent, postMessage: this.postMessage, processId: 1, routingId: lastFrame }
  }

  /** The top frame of the document that is shown. */
  readonly mainFrame = this.frame as FakeFrame

  isDestroyed = (): boolean => false

  /** What the preload of `frame` sends to main. */
  send(channel: string, data?: unknown, frame = this.frame): void {
    const { processId, routingId: frameId } = (frame ?? {}) as Partial<FakeFrame>
    ipcMain.emit(channel, { sender: this, senderFrame: frame, processId, frameId }, data)
  }

  /** Begins a new document, as a load, a reload or a navigation does. */
  load(frame = this.frame): void {
    this.send('ports:document', undefined, frame)
  }

  /** The same thing, as the broker's types know it. */
  get contents(): electron.WebContents {
    return this as unknown as electron.WebContents
  }
}
