/**
 * A link that outlives its ports. A port dies with either of its documents; a link asks for the
 * next one, and gives each its channel.
 *
 *   connecting ──▶ connected ──▶ lost ──▶ connected ──▶ …      until close()
 *        └────────── refused: src/topology.ts has no such link
 */
import { isSignal } from './channel/arguments'
import type { Ask, CallOptions } from './channel/caller'
import { type Channel, type ChannelOptions, openChannel } from './channel/channel'
import type { Calls, Notifications, Streams } from './channel/contract'
import { PortError } from './errors'
import type { Grant, Ports } from './handoff/handoff-client'
import type { PortLike } from './channel/port'
import { type Verbs, verbsOf } from './channel/verbs'
import { within } from './within'

/** What can be seen of a link from outside, whatever its contract. */
export type LinkStatus = Pick<Link<object>, 'name' | 'state' | 'generation' | 'onChange'>

export type LinkState = 'connecting' | 'connected' | 'lost' | 'refused' | 'closed'

/** The first pause in milliseconds before a lost port is asked for again, and the longest. */
const RETRY_MS = { first: 50, longest: 2000 }

/** A port that lived for as long as this, in milliseconds, did not fail for the reason of the one before. */
const SETTLED_MS = 5000

/**
 * This node's end of a link, kept connected.
 *
 * @example
 * const jobs = new Link<Jobs>(ports, 'jobs')
 * await jobs.call.inspect(photo)
 */
export class Link<Remote extends object> implements Verbs<Remote> {
  readonly name: string
  readonly call: Calls<Remote>
  readonly stream: Streams<Remote>
  readonly notify: Notifications<Remote>
  readonly with: (terms: CallOptions) => Verbs<Remote>
  readonly #ports: Ports<PortLike>
  readonly #handlers: object
  readonly #options: ChannelOptions
  readonly #closing = new AbortController()
  readonly #listeners = new Set<() => void>()
  #state: LinkState = 'connecting'
  #generation = 0
  #present: Channel<Remote> | undefined
  #next = newDeferred<Channel<Remote>>()

  /**
   * @param ports  Of this process, from `handoff/page.ts` or `handoff/utility.ts`, or the broker's in main.
   * @param handlers  What this end serves to the other.
   * @param options  For every channel of the link. What is asked while there is none waits for the
   *   next, unless `whileLost` says otherwise; a notification is refused.
   */
  constructor(
    ports: Ports<PortLike>,
    name: string,
    handlers: object = {},
    options: ChannelOptions = {},
  ) {
    this.#ports = ports
    this.name = name
    this.#handlers = handlers
    this.#options = options
    const verbs = verbsOf<Remote>(this.#newAsk(), options)
    this.call = verbs.call
    this.stream = verbs.stream
    this.notify = verbs.notify
    this.with = verbs.with
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
    return within(this.#next.promise, [signal])
  }

  /** Calls `listener` whenever {@link state} changes. Returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Ends the link and its channel for good. */
  close(): void {
    this.#closing.abort(new PortError('closed', `The link "${this.name}" was closed at this end.`))
  }

  /** Asks by the present channel; without one, by the next. */
  #newAsk(): Ask {
    return {
      call: (method, args, terms = {}) =>
        this.#present?.ask.call(method, args, terms) ?? this.#callLater(method, args, terms),
      stream: (method, args, terms = {}) =>
        this.#present?.ask.stream(method, args, terms) ?? this.#streamLater(method, args, terms),
      notify: (method, args) => {
        if (!this.#present) throw this.#newLost()
        this.#present.ask.notify(method, args)
      },
    }
  }

  async #callLater(method: string, args: unknown[], terms: CallOptions): Promise<unknown> {
    const since = performance.now()
    const { ask } = await this.#wait(args, terms)
    const { timeout } = terms
    const left = timeout && Math.max(1, timeout - (performance.now() - since))
    return ask.call(method, args, { ...terms, timeout: left })
  }

  async *#streamLater(
    method: string,
    args: unknown[],
    terms: CallOptions,
  ): AsyncGenerator<unknown, void> {
    const { ask } = await this.#wait(args, terms)
    yield* ask.stream(method, args, terms)
  }

  async #wait(args: unknown[], terms: CallOptions): Promise<Channel<Remote>> {
    if (terms.whileLost === 'fail') throw this.#newLost()
    return within(this.#next.promise, [terms.signal, ...args.filter(isSignal)], terms.timeout)
  }

  #newLost(): PortError {
    return new PortError('closed', `The link "${this.name}" is ${this.#state}.`)
  }

  async #keepConnected(): Promise<void> {
    const { signal } = this.#closing
    let pause = RETRY_MS.first
    try {
      for (;;) {
        const grant = await this.#request()
        const since = performance.now()
        if (grant) await this.#use(grant)
        signal.throwIfAborted()
        if (performance.now() - since > SETTLED_MS) pause = RETRY_MS.first
        await sleep(pause, signal)
        pause = Math.min(pause * 2, RETRY_MS.longest)
      }
    } catch (error) {
      this.#next.reject(error)
      this.#change(signal.aborted ? 'closed' : 'refused')
    }
  }

  /** Asks for a port; undefined when there is none at the moment. */
  async #request(): Promise<Grant<PortLike> | undefined> {
    try {
      return await this.#ports.request(this.name, this.#closing.signal)
    } catch (error) {
      if (error instanceof PortError && error.code === 'unavailable') return undefined
      throw error
    }
  }

  /** Serves as the present channel until it ends. */
  async #use({ port, ...about }: Grant<PortLike>): Promise<void> {
    const { signal } = this.#closing
    const options = { ...this.#options, ...about, link: this.name }
    const channel = openChannel<Remote>(port, this.#handlers, options)
    if (signal.aborted) return channel.close()
    const close = (): void => channel.close()
    signal.addEventListener('abort', close)
    this.#present = channel
    this.#generation = about.generation
    this.#next.resolve(channel)
    this.#change('connected')
    await channel.closed
    signal.removeEventListener('abort', close)
    this.#present = undefined
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

export interface ServeOptions<Remote> extends ChannelOptions {
  /** Called with the channel to every node that opens the link, to ask it something in turn. */
  onChannel?: (channel: Channel<Remote>) => void
}

/** Serves `handlers` to every node that opens `link`. Returns how to stop accepting more. */
export function serve<Remote extends object>(
  ports: Ports<PortLike>,
  link: string,
  handlers: object,
  { onChannel, ...options }: ServeOptions<Remote> = {},
): () => void {
  return ports.accept(link, ({ port, ...about }) => {
    const channel = openChannel<Remote>(port, handlers, { ...options, ...about, link })
    onChannel?.(channel)
  })
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
