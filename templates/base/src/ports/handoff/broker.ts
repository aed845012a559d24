/**
 * Main's half of the hand-off: gives each end of a link to whoever may have it, and keeps none.
 * Messages between the two ends do not pass through main.
 *
 *   accepting  { jobs → [worker's document] }      opening  { jobs → [app's document, …] }
 *              └───────────── a pair ─▶ new MessageChannelMain() ◀─────────┘
 */
import { MessageChannelMain, type MessagePortMain } from 'electron'
import { printable } from '../printable'
import { Allowance } from './allowance'
import { type Ask, type End, LIMITS, type RefusalCode, type Reply, ipc, isAsk } from './handoff'
import { HandoffClient, type Ports } from './handoff-client'
import { Log } from './log'
import { type Member, type Request, answer } from './member'
import { Pairs } from './pairs'

/** Who may speak to whom: what {@link Broker} needs to know of `src/topology.ts`. */
export interface Links {
  readonly [link: string]: { readonly from: string; readonly to: string }
}

/** A node that has failed too often to be started again by itself. */
interface Failure {
  readonly since: number
  readonly tryAgain: () => void
}

/** How many ports of one link a node may wait for, or serve; one in a loop shall not fill main's memory. */
const MAX_WAITING = 64

/** For how long an end is waited for, in milliseconds, until that is said. */
const PATIENCE_MS = 5000

/** How soon after its failure a node may be tried again, in milliseconds: a page in a loop of asking is no reason. */
const REST_MS = 1000

export class Broker {
  readonly #links: Links
  /** Who serves a link: the last of them, and when that goes the one before it. */
  readonly #accepting = new Map<string, Request[]>()
  readonly #opening = new Map<string, Request[]>()
  readonly #generations = new Map<string, number>()
  readonly #allowances = new WeakMap<Member, Record<End, Allowance>>()
  readonly #failures = new Map<string, Failure>()
  readonly #pairs = new Pairs()
  readonly #log = new Log()

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
    if (!isAsk(data)) return this.refuse('The request is malformed.', member)
    const objection = this.#objection(member, end, data)
    if (objection) return this.refuse(objection, member, data)
    const excess = this.#excess(member, end, data)
    if (excess) return this.refuse(excess, member, data, 'unavailable')
    this.expect(member.node)
    const request = { nonce: data.nonce, member }
    if (end === 'to') this.#accept(data.link, request)
    else this.#open(data, request)
  }

  /** Drops what a member asked for: all of it when it has gone, or what it withdrew. */
  forget(member: Member, nonce?: string): void {
    const isKept = (request: Request): boolean =>
      request.member !== member || (nonce !== undefined && request.nonce !== nonce)
    for (const requests of [this.#accepting, this.#opening]) {
      for (const [link, all] of requests) requests.set(link, all.filter(isKept))
    }
    if (nonce === undefined) this.#pairs.part(member)
  }

  /**
   * A node has failed too often, and is left alone: whoever waits for it is told, and whoever asks, until it is there
   * again or {@link expect expected}.
   *
   * @param tryAgain  Called when somebody asks for that.
   */
  giveUp(node: string, tryAgain: () => void): void {
    this.#failures.set(node, { since: performance.now(), tryAgain })
    for (const [link, { to }] of Object.entries(this.#links)) {
      if (to !== node || this.#serversOf(link).length > 0) continue
      const openers = this.#waitingFor(link)
      this.#opening.delete(link)
      for (const { member, nonce } of openers) this.#tellDown(member, { link, nonce })
    }
  }

  /** A node that was given up is on its way again: it can be waited for. */
  expect(node: string): void {
    this.#failures.delete(node)
  }

  /** Says no to whoever asked, and once to the log. */
  refuse(
    reason: string,
    to: Pick<Member, 'node' | 'post'>,
    ask?: Ask,
    code: RefusalCode = 'refused',
  ): void {
    this.#log.once(`A port was refused. ${reason}`, to.node)
    if (ask) answer(to, { type: ipc.refuse, link: ask.link, nonce: ask.nonce, code, reason })
  }

  #accept(link: string, request: Request): void {
    const before = this.#serversOf(link)
    const { node } = request.member
    if (before.length > 0) {
      this.#log.once(
        `The link "${link}" is served twice by "${node}": the later one takes over, for as long as it does.`,
        node,
      )
    }
    this.#accepting.set(link, [...before.slice(-MAX_WAITING + 1), request])
    this.#pairUp(link)
  }

  #open(ask: Ask, request: Request): void {
    const { link } = ask
    const { to } = this.#links[link] as Links[string]
    const failure = this.#failures.get(to)
    if (failure && this.#serversOf(link).length === 0) {
      if (ask.again !== true || performance.now() - failure.since < REST_MS) {
        return this.#tellDown(request.member, ask)
      }
      this.expect(to)
      failure.tryAgain()
    }
    this.#opening.set(link, [...this.#waitingFor(link), request])
    this.#pairUp(link)
    if (this.#waitingFor(link).includes(request))
      setTimeout(() => this.#warnOf(link, request), PATIENCE_MS)
  }

  #tellDown(member: Member, { link, nonce }: Ask): void {
    const { to } = this.#links[link] as Links[string]
    const reason = `"${to}" has failed too often, and stays down until it is tried again.`
    answer(member, { type: ipc.refuse, link, nonce, code: 'down', reason })
  }

  /** To wait may be right. It is also all that is seen of a node that does not run, or forgot to serve. */
  #warnOf(link: string, request: Request): void {
    if (!this.#waitingFor(link).includes(request)) return
    const { from, to } = this.#links[link] as Links[string]
    const reason = `"${from}" waits for the link "${link}": does "${to}" run, and serve or accept it?`
    this.#log.once(reason, from)
    // The others have their console in this log.
    const { member, nonce } = request
    if (member.isPage) answer(member, { type: ipc.waiting, nonce, reason })
  }

  /** Why this member may not have this end of the link; undefined when it may. */
  #objection({ node }: Member, end: End, ask: Ask): string | undefined {
    const link = Object.hasOwn(this.#links, ask.link) ? this.#links[ask.link] : undefined
    if (!link) return `There is no link "${printable(ask.link)}" in src/topology.ts.`
    if (link[end] === node) return undefined
    return `The link "${ask.link}" goes from "${link.from}" to "${link.to}" in src/topology.ts: "${node}" is not its "${end}".`
  }

  /** Why this member may not have a port at the moment; undefined when it may. */
  #excess(member: Member, end: End, { link }: Ask): string | undefined {
    const allowances = this.#allowances.get(member) ?? {
      from: new Allowance(LIMITS.from),
      to: new Allowance(LIMITS.to),
    }
    this.#allowances.set(member, allowances)
    if (!allowances[end].spend()) return `"${member.node}" asks for more ports than it can need.`
    const waiting = this.#waitingFor(link).filter((each) => each.member === member)
    if (end === 'to' || waiting.length < MAX_WAITING) return undefined
    return `"${member.node}" waits for ${MAX_WAITING} ports of the link "${link}" already.`
  }

  #pairUp(link: string): void {
    const acceptor = this.#serversOf(link).at(-1)
    if (!acceptor) return
    const openers = this.#waitingFor(link)
    this.#opening.delete(link)
    for (const opener of openers) this.#connect(link, opener, acceptor)
  }

  #connect(link: string, opener: Request, acceptor: Request): void {
    const generation = (this.#generations.get(link) ?? 0) + 1
    this.#generations.set(link, generation)
    this.#pairs.add({ generation, ends: [opener, acceptor] })
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

  #serversOf(link: string): Request[] {
    return this.#accepting.get(link) ?? []
  }
}
