/**
 * Main's half of the hand-off: gives each end of a link to whoever may have it, and keeps none.
 * Messages between the two ends do not pass through main.
 *
 *   accepting  { jobs → worker's document }        opening  { jobs → [app's document, …] }
 *              └───────────── a pair ─▶ new MessageChannelMain() ◀─────────┘
 */
import { MessageChannelMain, type MessagePortMain } from 'electron'
import { type Ask, type RefusalCode, type Reply, ipc, isAsk } from './handoff'
import { HandoffClient, type Ports } from './handoff-client'

/** Who may speak to whom: what {@link Broker} needs to know of `src/topology.ts`. */
export interface Links {
  readonly [link: string]: { readonly from: string; readonly to: string }
}

/** A process that takes part as a node: the pages of a window, a utility process, or main. */
export interface Member {
  readonly node: string
  readonly isPage: boolean
  /** Throws when it is gone. */
  post(reply: Reply, port?: MessagePortMain): void
}

/** Which end of a link is asked for: the one that opens it, or the one that accepts. */
export type End = 'from' | 'to'

/** An ask that was found good. */
interface Request {
  readonly nonce: string
  readonly member: Member
}

/** How many ports of one link a node may wait for; one in a loop shall not fill main's memory. */
const MAX_WAITING = 64

/**
 * How many ports a node may ask for at once, and how many more every second: a page that reloads a
 * hundred times in a row needs less, one gone wild gets no more.
 */
const ALLOWANCE = { burst: 200, perSecond: 20 }

/** Two ends that were given out together. */
interface Pair {
  readonly generation: number
  readonly ends: readonly [Request, Request]
}

/** Of how many of its pairs a member's end is told to the others: the ports of the oldest tell it themselves. */
const MAX_PAIRS = 1000

/** For how long an end is waited for, in milliseconds, until the log says so. */
const PATIENCE_MS = 5000

/** How many different lines are logged, each once. */
const MAX_LOGGED = 100

export class Broker {
  readonly #links: Links
  readonly #accepting = new Map<string, Request>()
  readonly #opening = new Map<string, Request[]>()
  readonly #generations = new Map<string, number>()
  readonly #allowances = new WeakMap<Member, { left: number; at: number }>()
  readonly #logged = new Set<string>()
  readonly #pairs = new Map<Member, Pair[]>()

  constructor(links: Links) {
    this.#links = links
  }

  /** How main itself comes by the ports of its node. */
  portsOf(node: string): Ports<MessagePortMain> {
    const client: HandoffClient<MessagePortMain> = new HandoffClient({
      open: (ask) => this.ask(member, 'from', ask),
      accept: (ask) => this.ask(member, 'to', ask),
      withdraw: (nonce) => this.forget(member, nonce),
    })
    const member: Member = {
      node,
      isPage: false,
      // Not at once, as from no other process: who asked may be in the middle of something.
      post: (reply, port) => queueMicrotask(() => client.receive(reply, port)),
    }
    return client
  }

  /** A member asks for a port. Trusts nothing that it says. */
  ask(member: Member, end: End, data: unknown): void {
    if (!isAsk(data)) return this.refuse('The request is malformed.')
    const objection = this.#objection(member, end, data)
    if (objection) return this.refuse(objection, member, data)
    // To accept replaces what was accepted before: it can be done as often as one likes.
    const excess = end === 'from' && this.#excess(member, data)
    if (excess) return this.refuse(excess, member, data, 'unavailable')
    const request = { nonce: data.nonce, member }
    if (end === 'to') this.#accepting.set(data.link, request)
    else this.#opening.set(data.link, [...this.#waitingFor(data.link), request])
    this.#pairUp(data.link)
    if (!this.#waitingFor(data.link).includes(request)) return
    setTimeout(() => this.#warnOf(data.link, request), PATIENCE_MS)
  }

  /** Drops what a member asked for: all of it when it has gone, or what it withdrew. */
  forget(member: Member, nonce?: string): void {
    const isKept = (request: Request): boolean =>
      request.member !== member || (nonce !== undefined && request.nonce !== nonce)
    for (const [link, acceptor] of this.#accepting) {
      if (!isKept(acceptor)) this.#accepting.delete(link)
    }
    for (const [link, openers] of this.#opening) this.#opening.set(link, openers.filter(isKept))
    if (nonce === undefined) this.#tellPartners(member)
  }

  /**
   * A port tells the end of its other end by itself, but not always: after some crashes of a page no `close`
   * came (seen on Electron 22), and whoever waited would wait for ever.
   */
  #tellPartners(member: Member): void {
    const pairs = this.#pairs.get(member) ?? []
    this.#pairs.delete(member)
    for (const pair of pairs) {
      for (const { member: partner, nonce } of pair.ends) {
        const ofPartner = this.#pairs.get(partner)
        if (!ofPartner) continue
        this.#pairs.set(
          partner,
          ofPartner.filter((each) => each !== pair),
        )
        answer(partner, { type: ipc.gone, nonce, generation: pair.generation })
      }
    }
  }

  #remember(pair: Pair): void {
    for (const { member } of pair.ends) {
      const pairs = this.#pairs.get(member) ?? []
      this.#pairs.set(member, [...pairs.slice(-MAX_PAIRS + 1), pair])
    }
  }

  /** Says no to whoever asked, and once to the log. */
  refuse(
    reason: string,
    to?: Pick<Member, 'post'>,
    ask?: Ask,
    code: RefusalCode = 'refused',
  ): void {
    this.#logOnce(`A port was refused. ${reason}`)
    if (to && ask) {
      answer(to, { type: ipc.refuse, link: ask.link, nonce: ask.nonce, code, reason })
    }
  }

  /** To wait may be right. It is also all that is seen of a node that does not run, or forgot to serve. */
  #warnOf(link: string, request: Request): void {
    if (!this.#waitingFor(link).includes(request)) return
    const { from, to } = this.#links[link] as Links[string]
    this.#logOnce(
      `"${from}" waits for the link "${link}": does "${to}" run, and serve or accept it?`,
    )
  }

  #logOnce(line: string): void {
    if (this.#logged.has(line) || this.#logged.size >= MAX_LOGGED) return
    this.#logged.add(line)
    console.warn(line)
  }

  /** Why this member may not have this end of the link; undefined when it may. */
  #objection({ node }: Member, end: End, ask: Ask): string | undefined {
    const link = Object.hasOwn(this.#links, ask.link) ? this.#links[ask.link] : undefined
    if (!link) return `There is no link ${JSON.stringify(ask.link)} in src/topology.ts.`
    if (link[end] === node) return undefined
    return `The link "${ask.link}" goes from "${link.from}" to "${link.to}" in src/topology.ts: "${node}" is not its "${end}".`
  }

  /** Why this member may not have a port at the moment; undefined when it may. */
  #excess(member: Member, { link }: Ask): string | undefined {
    if (!this.#spend(member)) return `"${member.node}" asks for more ports than it can need.`
    const waiting = this.#waitingFor(link).filter((request) => request.member === member)
    if (waiting.length < MAX_WAITING) return undefined
    return `"${member.node}" waits for ${MAX_WAITING} ports of the link "${link}" already.`
  }

  /** Takes one from a member's allowance; false when nothing is left of it. */
  #spend(member: Member): boolean {
    const now = performance.now()
    const { left, at } = this.#allowances.get(member) ?? { left: ALLOWANCE.burst, at: now }
    const grown = left + ((now - at) / 1000) * ALLOWANCE.perSecond
    const rest = Math.min(grown, ALLOWANCE.burst) - 1
    if (rest < 0) return false
    this.#allowances.set(member, { left: rest, at: now })
    return true
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
    this.#remember({ generation, ends: [opener, acceptor] })
    const { port1, port2 } = new MessageChannelMain()
    const grant = (to: Request, from: Request): Reply => {
      const toProcess = !from.member.isPage
      return { type: ipc.grant, link, nonce: to.nonce, generation, toProcess }
    }
    answer(acceptor.member, grant(acceptor, opener), port1)
    answer(opener.member, grant(opener, acceptor), port2)
  }

  #waitingFor(link: string): Request[] {
    return this.#opening.get(link) ?? []
  }
}

/** A member that has gone gets nothing; its port is closed, so that the other end learns of it. */
function answer(to: Pick<Member, 'post'>, message: Reply, port?: MessagePortMain): void {
  try {
    to.post(message, port)
  } catch {
    port?.close()
  }
}
