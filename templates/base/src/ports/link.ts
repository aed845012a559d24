/**
 * A link that outlives its ports. A port dies with either of its documents; a link asks for the
 * next one, and gives each its channel.
 *
 *   connecting ──▶ connected ──▶ lost ──▶ connected ──▶ …      until close()
 *        └────────── refused: src/topology.ts has no such link
 */
import { type Channel, openChannel } from './channel'
import { PortError } from './errors'
import { acceptPorts, requestPort } from './page'

/** What can be seen of a link from outside, whatever its contract. */
export type LinkStatus = Pick<Link<object>, 'name' | 'state' | 'generation' | 'onChange'>

export type LinkState = 'connecting' | 'connected' | 'lost' | 'refused' | 'closed'

/** The first pause in milliseconds before a lost port is asked for again, and the longest. */
const RETRY_MS = { first: 50, longest: 2000 }

/** A port that lived for as long as this, in milliseconds, did not fail for the reason of the one before. */
const SETTLED_MS = 5000

/**
 * This page's end of a link, kept connected.
 *
 * @example
 * const jobs = new Link<Jobs>('jobs')
 * const { call } = await jobs.channel()
 */
export class Link<Remote extends object> {
  readonly name: string
  readonly #handlers: object
  readonly #closing = new AbortController()
  readonly #listeners = new Set<() => void>()
  #state: LinkState = 'connecting'
  #generation = 0
  #next = newDeferred<Channel<Remote>>()

  /** @param handlers  What this page serves to the other end. */
  constructor(name: string, handlers: object = {}) {
    this.name = name
    this.#handlers = handlers
    void this.#keepConnected()
  }

  get state(): LinkState {
    return this.#state
  }

  /** Which channel of this link it is by now; it grows with every new one. */
  get generation(): number {
    return this.#generation
  }

  /**
   * The present channel. While there is none it waits for the next.
   *
   * @throws {PortError} `refused` or `closed` when there will never be one.
   * @throws the signal's reason when it aborts first.
   */
  channel(signal?: AbortSignal): Promise<Channel<Remote>> {
    const next = this.#next.promise
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const abort = (): void => reject(signal?.reason)
      signal?.addEventListener('abort', abort)
      const release = (): void => signal?.removeEventListener('abort', abort)
      void next.then(resolve, reject).finally(release)
    })
  }

  /** Calls `listener` whenever {@link state} changes. Returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Ends the link and its channel for good. */
  close(): void {
    this.#closing.abort(new PortError('closed', `The link "${this.name}" was closed by this page.`))
  }

  async #keepConnected(): Promise<void> {
    const { signal } = this.#closing
    let pause = RETRY_MS.first
    try {
      for (;;) {
        const { port, generation } = await requestPort(this.name, signal)
        const connectedAt = performance.now()
        await this.#use(openChannel<Remote>(port, this.#handlers), generation)
        signal.throwIfAborted()
        if (performance.now() - connectedAt > SETTLED_MS) pause = RETRY_MS.first
        await sleep(pause, signal)
        pause = Math.min(pause * 2, RETRY_MS.longest)
      }
    } catch (error) {
      this.#next.reject(error)
      this.#change(signal.aborted ? 'closed' : 'refused')
    }
  }

  /** Serves as the present channel until it ends. */
  async #use(channel: Channel<Remote>, generation: number): Promise<void> {
    const { signal } = this.#closing
    if (signal.aborted) return channel.close()
    const close = (): void => channel.close()
    signal.addEventListener('abort', close)
    this.#generation = generation
    this.#next.resolve(channel)
    this.#change('connected')
    await channel.closed
    signal.removeEventListener('abort', close)
    this.#next = newDeferred()
    if (!signal.aborted) this.#change('lost')
  }

  #change(state: LinkState): void {
    this.#state = state
    for (const listener of this.#listeners) {
      try {
        listener()
      } catch (error) {
        console.error(`A listener of the link "${this.name}" failed:`, error)
      }
    }
  }
}

/** Serves `handlers` to every node that opens `link`. Returns how to stop accepting more. */
export function serve(link: string, handlers: object): () => void {
  return acceptPorts(link, ({ port }) => openChannel(port, handlers))
}

interface Deferred<Value> {
  promise: Promise<Value>
  resolve(value: Value): void
  reject(error: unknown): void
}

function newDeferred<Value>(): Deferred<Value> {
  let settle!: Pick<Deferred<Value>, 'resolve' | 'reject'>
  const promise = new Promise<Value>((resolve, reject) => (settle = { resolve, reject }))
  promise.catch(() => {}) // A link may fail before anyone asks for its channel.
  return { promise, ...settle }
}

/** Resolves after a while, or as soon as the signal aborts. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, milliseconds)
    signal.addEventListener('abort', wake)
  })
}
