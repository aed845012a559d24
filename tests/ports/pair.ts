import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, expect } from 'vitest'
import { type Channel, openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import type { ChannelOptions } from '../../templates/base/src/ports/channel/options.ts'
import type { PortLike } from '../../templates/base/src/ports/channel/port.ts'
import { type Message, readPost } from '../../templates/base/src/ports/channel/protocol.ts'

/** A reader who asks, and a library that serves; the library may ask back. */
export interface Meeting<Library, Reader> {
  reader: Channel<Library>
  library: Channel<Reader>
  /** What each has posted, first to last. */
  said: { reader: Message[]; library: Message[] }
}

type AnyPort = PortLike | MemoryPort
type Ports = readonly [reader: AnyPort, library: AnyPort]

interface MeetOptions<Reader> extends ChannelOptions {
  reader?: Reader
  ports?: Ports
}

/** Opens a channel at both ends. After the test both must be empty: see {@link findLeftovers}. */
export function meet<Library extends object, Reader extends object = object>(
  library: Library,
  { reader, ports = newPorts(), ...options }: MeetOptions<Reader> = {},
): Meeting<Library, Reader> {
  const said: Meeting<Library, Reader>['said'] = { reader: [], library: [] }
  const meeting = {
    said,
    reader: openChannel<Library>(tap(ports[0], said.reader), watch(reader ?? {}), options),
    library: openChannel<Reader>(tap(ports[1], said.library), watch(library), options),
  }
  meetings.push(meeting)
  return meeting
}

/** Genuine ports, as Node's worker threads have them. */
export function newPorts(): Ports {
  const { port1, port2 } = new MessageChannel()
  return [port1, port2]
}

/** A port in memory after the DOM's pattern, which can hold back what the other end has posted. */
export class MemoryPort extends EventTarget {
  #peer!: MemoryPort
  #inbox: Event[] = []
  #isStarted = false
  #isHeld = false
  #isClosed = false
  #isUnreadable = (_post: unknown[]): boolean => false

  static pair(): [reader: MemoryPort, library: MemoryPort] {
    const ports: [MemoryPort, MemoryPort] = [new MemoryPort(), new MemoryPort()]
    ports[0].#peer = ports[1]
    ports[1].#peer = ports[0]
    return ports
  }

  postMessage(message: unknown, transfer: never[]): void {
    const data = structuredClone(message, { transfer }) as unknown[]
    if (this.#isClosed) return
    this.#tell(
      this.isLost(data) ? new Event('messageerror') : new MessageEvent('message', { data }),
    )
  }

  start(): void {
    this.#isStarted = true
    this.#deliverAll()
  }

  /** As the standard has it, the end that closes hears no `close` itself. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#tell(new Event('close'))
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** From now on such posts cannot be read here, as if they had been made in another process. */
  cannotRead(isUnreadable: (post: unknown[]) => boolean): void {
    this.#isUnreadable = isUnreadable
  }

  /** Keeps from now on what arrives here. */
  hold(): void {
    this.#isHeld = true
  }

  release(): void {
    this.#isHeld = false
    this.#deliverAll()
  }

  /** Whether the other end cannot read a post. */
  isLost(post: unknown[]): boolean {
    return this.#peer.#isUnreadable(post)
  }

  #tell(event: Event): void {
    const peer = this.#peer
    peer.#inbox.push(event)
    void peer.#deliverLater()
  }

  #deliverAll(): void {
    for (const _ of this.#inbox) void this.#deliverLater()
  }

  /** Every message is a task of its own. */
  async #deliverLater(): Promise<void> {
    await setImmediate()
    if (!this.#isStarted || this.#isHeld || this.#isClosed) return
    const event = this.#inbox.shift()
    if (event) this.dispatchEvent(event)
  }
}

/** Resolves once everything that can happen by itself has happened, in memory. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await setImmediate()
}

/** The message without what it carries of the errors in it. */
export function bareOf(message: Message): Message {
  return message[0] === 'carried' ? (message.slice(2) as Message) : message
}

/** One post with these messages in it, as {@link readPost} reads it. */
export function pack(...messages: readonly unknown[][]): unknown[] {
  return messages.flatMap((message) => [message.length, ...message])
}

/** A promise, and who settles it. */
export function newDeferred<Value = void>(): {
  promise: Promise<Value>
  resolve(value: Value): void
  reject(error: unknown): void
} {
  let settle!: { resolve(value: Value): void; reject(error: unknown): void }
  const promise = new Promise<Value>((resolve, reject) => (settle = { resolve, reject }))
  return { promise, ...settle }
}

/** Resolves with the signal's reason once it aborts. */
export function whenAborted(signal: AbortSignal): Promise<unknown> {
  const { promise, resolve } = newDeferred<unknown>()
  if (signal.aborted) resolve(signal.reason)
  signal.addEventListener('abort', () => resolve(signal.reason), { once: true })
  return promise
}

/** An AbortController whose signal must be without listeners after the test. */
export function newController(): AbortController {
  const controller = new AbortController()
  controllers.push(controller)
  return controller
}

export function countListeners(signal: AbortSignal): number {
  return getEventListeners(signal, 'abort').length
}

/** What came of a promise: what it resolved or rejected with. */
export async function outcome(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    return { value: await promise }
  } catch (error) {
    return { error }
  }
}

/** Leaves a stream before its end, as `break` does. */
export async function leave(stream: AsyncIterator<unknown, unknown>): Promise<unknown> {
  return stream.return?.()
}

/** Reads a stream to its end, or to its error. */
export async function readAll<Item>(stream: AsyncIterable<Item>): Promise<unknown[]> {
  const items: unknown[] = []
  try {
    for await (const item of stream) items.push(item)
    items.push('end')
  } catch (error) {
    items.push(error)
  }
  return items
}

const meetings: Meeting<object, object>[] = []
const controllers: AbortController[] = []
const running = new Set<{ name: string }>()
const openPorts = new Set<AnyPort>()

afterEach(async () => {
  await quiet()
  const leftovers = meetings.flatMap(findLeftovers)
  for (const { reader } of meetings) reader.close()
  await quiet()
  // Its port may be closed already, which the one who closed it does not hear.
  for (const { library } of meetings) library.close()
  for (const { reader, library } of meetings) await Promise.all([reader.closed, library.closed])
  await quiet()
  const listeners = controllers.map(({ signal }) => countListeners(signal))

  const seen = { leftovers, running: [...running], openPorts: openPorts.size, listeners }
  for (const list of [meetings, controllers]) list.length = 0
  for (const set of [running, openPorts]) set.clear()
  expect(seen).toEqual({
    leftovers: [],
    running: [],
    openPorts: 0,
    listeners: listeners.map(() => 0),
  })
})

/** Questions that were neither answered nor cancelled, at ends that were not closed. */
function findLeftovers({ said: { reader, library } }: Meeting<object, object>): Message[] {
  const all = [...reader, ...library]
  if (all.some(([kind]) => kind === 'close')) return []
  return [...unanswered(reader, library), ...unanswered(library, reader)]
}

function unanswered(asking: Message[], answering: Message[]): Message[] {
  const over = new Set<unknown>()
  for (const [kind, id] of asking) if (kind === 'cancel') over.add(id)
  for (const [kind, id] of answering) {
    if (['result', 'end', 'error'].includes(kind)) over.add(id)
  }
  return asking.filter(([kind, id]) => ['call', 'stream'].includes(kind) && !over.has(id))
}

/** The same port; what is posted on it is written down, and so is that it was closed. */
function tap(port: AnyPort, said: Message[]): PortLike {
  openPorts.add(port)
  return {
    addEventListener: (type: string, listener: (event: { data?: unknown }) => void) =>
      (port as MemoryPort).addEventListener(type, listener as never),
    start: () => port.start(),
    postMessage(post: unknown[], transfer: never[]) {
      port.postMessage(post, transfer)
      // What was lost on its way was not said: nobody owes an answer to it.
      if (port instanceof MemoryPort && port.isLost(post)) return
      readPost(post, (message) => said.push(bareOf(message)) > 0)
    },
    close() {
      openPorts.delete(port)
      port.close()
    },
  } as PortLike
}

/** The same handlers; which of them are at work is written down. */
function watch(handlers: object): object {
  const watched: object = new Proxy(handlers, {
    get(target, name) {
      const handler: unknown = Reflect.get(target, name)
      if (typeof handler !== 'function' || name in Object.prototype) return handler
      return function (this: unknown, ...args: unknown[]) {
        const result: unknown = handler.apply(this === watched ? target : this, args)
        if (result instanceof Promise) watchPromise(result, String(name))
        return isGenerator(result) ? watchGenerator(result, String(name)) : result
      }
    },
  })
  return watched
}

function watchPromise(promise: Promise<unknown>, name: string): void {
  const job = { name }
  running.add(job)
  const forget = (): unknown => running.delete(job)
  void promise.then(forget, forget)
}

async function* watchGenerator(
  items: AsyncGenerator<unknown>,
  name: string,
): AsyncGenerator<unknown> {
  const job = { name }
  running.add(job)
  try {
    yield* items
  } finally {
    running.delete(job)
  }
}

function isGenerator(value: unknown): value is AsyncGenerator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
