/**
 * A link that outlives its ports. A port dies with either of its documents; a link asks for the
 * next one, and gives each its channel.
 *
 *   connecting ──▶ connected ──▶ lost ──▶ connected ──▶ …      until close()
 *        ├────────── refused: src/topology.ts has no such link
 *        └──▶ down: the other end has failed too often ──▶ connected, once it is there again
 */
import { type Channel, channelOf, openChannel } from './channel/channel'
import { Conversation } from './channel/conversation'
import type { Calls, Notifications, Streams } from './channel/contract'
import type { CallOptions, ChannelOptions } from './channel/options'
import type { PortLike } from './channel/port'
import { type Verbs, verbsOf } from './channel/verbs'
import type { PortError } from './errors'
import type { Peer as OtherEnd } from './handoff/handoff'
import { type Grant, type Ports, tell } from './handoff/handoff-client'
import type { Asks, KeyOf, NameIn, NodeLinks, PeerOf, Serves, ServesNothing } from './links'

/** What can be seen of a link from outside, whatever its contract. */
export interface LinkStatus {
  readonly name: string
  /** The key of the member at the other end, where there are many of that node. */
  readonly to?: string | undefined
  readonly state: LinkState
  /** Which channel of this link it is by now; it grows with every new one. */
  readonly generation: number
  /** Calls `listener` whenever {@link state} changes. Returns how to stop that. */
  onChange(listener: () => void): () => void
  /** Of a link that is down: has the other end started once more. What is asked from now on waits for that. */
  retry(): void
}

/** This node's end of a link, kept connected. */
export interface Link<Remote extends object> extends Verbs<Remote>, LinkStatus {
  /** Ends the link and its channel for good. */
  close(): void
}

export type LinkState = 'connecting' | 'connected' | 'lost' | 'down' | 'refused' | 'closed'

export interface LinkOptions<Remote> extends ChannelOptions {
  /** Called with every new channel, for what is to be said on each: it speaks over its own port alone. */
  onChannel?: (channel: Channel<Remote>) => void
}

export interface ServeOptions<Remote, Other extends OtherEnd = OtherEnd> extends ChannelOptions {
  /** Called with every new channel, and with who is at its other end, for what is to be said on each. */
  onChannel?: (channel: Channel<Remote>, peer: Peer<Other>) => void
  /** What becomes of the channels when it is served no more: they are closed, unless they shall be left to their own end. */
  whenStopped?: 'close' | 'leave' | undefined
}

/** The first pause in milliseconds before a lost port is asked for again, and the longest. */
const RETRY_MS = { first: 50, longest: 2000 }

/** A port that lived for as long as this, in milliseconds, did not fail for the reason of the one before. */
const SETTLED_MS = 5000

interface NewLink {
  /**
   * Opens a link, by the contract that `src/topology.ts` has for its name.
   *
   * @param ports  Of this process, from `handoff/page.ts` or `handoff/utility.ts`, or the broker's in main.
   * @param rest  What this end serves to the other. Then the options for every channel of the link: what is asked
   *   while it has no port waits for the next, unless `whileLost` says otherwise; a notification is refused. While it
   *   is down all fails, with that code. A link to a node of which there are many says by `to` to which of them it goes.
   * @example
   * const jobs = new Link(ports, 'jobs')
   * await jobs.call.inspect(photo)
   */
  new <Links extends NodeLinks, Name extends NameIn<Links['opens']>>(
    ports: Ports<PortLike, Links>,
    name: Name,
    ...rest: Rest<
      Serves<Links['opens'], Name>,
      Asks<Links['opens'], Name>,
      KeyOf<Links['opens'], Name>
    >
  ): Link<Asks<Links['opens'], Name>>
}

/** Handlers can be left out where nothing has to be served. */
type Rest<Local, Remote, Key> = undefined extends Key
  ? ServesNothing extends Local
    ? [handlers?: Local, options?: LinkOptions<Remote> & { to?: Key }]
    : [handlers: Local, options?: LinkOptions<Remote> & { to?: Key }]
  : [handlers: Local, options: LinkOptions<Remote> & { to: Key }]

class LastingLink<Remote extends object> implements Link<Remote> {
  readonly name: string
  readonly to: string | undefined
  state: LinkState = 'connecting'
  generation = 0
  declare readonly call: Calls<Remote>
  declare readonly stream: Streams<Remote>
  declare readonly notify: Notifications<Remote>
  declare readonly with: (terms: CallOptions) => Verbs<Remote>
  readonly #ports: Ports<PortLike>
  readonly #handlers: object
  readonly #options: LinkOptions<Remote>
  readonly #closing = new AbortController()
  readonly #listeners = new Set<() => void>()
  #conversation: Conversation
  #pause = RETRY_MS.first
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    ports: Ports<PortLike>,
    name: string,
    handlers: object = {},
    { to, ...options }: LinkOptions<Remote> & { to?: string | undefined } = {},
  ) {
    this.#ports = ports
    this.name = name
    this.#handlers = handlers
    this.to = to
    this.#options = { ...options, link: name }
    this.#conversation = new Conversation(handlers, name)
    Object.assign(
      this,
      verbsOf<Remote>(() => this.#conversation.caller, options),
    )
    this.#connect()
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  retry(): void {
    if (this.state !== 'down') return
    this.#conversation = new Conversation(this.#handlers, this.name)
    this.#change('connecting')
    clearTimeout(this.#timer)
    this.#connect(true)
  }

  close(): void {
    if (this.#closing.signal.aborted) return
    clearTimeout(this.#timer)
    this.#closing.abort()
    this.#conversation.close(`the link "${this.name}" is closed.`)
    this.#change('closed')
  }

  #connect(again?: boolean): void {
    const wish = { to: this.to, again }
    const request = this.#ports.request(this.name, this.#closing.signal, wish)
    void request.then(
      (grant) => this.#use(grant),
      (error: PortError) => this.#giveUp(error),
    )
  }

  /** Speaks over a port until that ends. */
  async #use({ port, ...about }: Grant<PortLike>): Promise<void> {
    if (this.#closing.signal.aborted) return port.close()
    const since = performance.now()
    if (this.state === 'down') this.#conversation = new Conversation(this.#handlers, this.name)
    const conversation = this.#conversation
    conversation.connect(port, { ...this.#options, ...about })
    this.generation = about.generation
    this.#change('connected')
    if (this.#closing.signal.aborted) return
    tell(this.name, () => this.#options.onChannel?.(channelOf(conversation, this.#options)))
    // What is asked from then on waits for the next port.
    await conversation.left
    if (this.#closing.signal.aborted) return
    this.#conversation = new Conversation(this.#handlers, this.name)
    if (performance.now() - since > SETTLED_MS) this.#pause = RETRY_MS.first
    this.#pauseThenConnect()
    this.#change('lost')
  }

  #giveUp(error: PortError): void {
    if (this.#closing.signal.aborted) return
    const isFinal = error.code !== 'unavailable' && error.code !== 'down'
    if (!isFinal) this.#pauseThenConnect()
    if (error.code === 'unavailable') return
    this.#conversation.end(error)
    this.#change(isFinal ? 'refused' : 'down')
  }

  #pauseThenConnect(): void {
    this.#timer = setTimeout(() => this.#connect(), this.#pause)
    this.#pause = Math.min(this.#pause * 2, RETRY_MS.longest)
  }

  #change(state: LinkState): void {
    if (this.state === state) return
    this.state = state
    for (const listener of this.#listeners) {
      // One before it may have closed the link.
      if (this.state === state) tell(this.name, listener)
    }
  }
}

export const Link: NewLink = LastingLink

/** Who opened a link, as the end that serves it sees it. */
export type Peer<Other extends OtherEnd = OtherEnd> = Other & {
  /** Aborts when its channel has ended. */
  readonly gone: AbortSignal
}

/**
 * Serves `handlers` to every node that opens `link`, by the contract that `src/topology.ts` has for its name.
 *
 * @param handlers  Or what makes them for each that opens it, where they have to know who asks.
 * @returns how to stop that: its channels are closed then, unless `whenStopped` says otherwise.
 */
export function serve<Links extends NodeLinks, Name extends NameIn<Links['accepts']>>(
  ports: Ports<PortLike, Links>,
  link: Name,
  handlers:
    | Serves<Links['accepts'], Name>
    | ((peer: Peer<PeerOf<Links['accepts'], Name>>) => Serves<Links['accepts'], Name>),
  {
    onChannel,
    whenStopped,
    ...options
  }: ServeOptions<Asks<Links['accepts'], Name>, PeerOf<Links['accepts'], Name>> = {},
): () => void {
  type Remote = Asks<Links['accepts'], Name>
  const channels = new Set<Channel<Remote>>()
  const stop = ports.accept(link, ({ port, ...grant }) => {
    const left = new AbortController()
    const peer = { ...grant.peer, gone: left.signal } as Peer<PeerOf<Links['accepts'], Name>>
    const served = typeof handlers === 'function' ? handlers(peer) : handlers
    const channel = openChannel<Remote>(port, served, { ...options, ...grant, link })
    channels.add(channel)
    void channel.closed.then((reason) => {
      channels.delete(channel)
      left.abort(reason)
    })
    tell(link, () => onChannel?.(channel, peer))
  })
  return () => {
    stop()
    if (whenStopped === 'leave') return
    for (const channel of channels) channel.close(`the link "${link}" is no longer served.`)
  }
}
