/**
 * Main's half of the hand-off: gives each end of a link to whoever may have it, and keeps none.
 * Messages between the two ends do not pass through main.
 *
 *   accepting  { jobs → [worker's document] }      opening  { jobs → [app's document, …] }
 *              └───────────── a pair ─▶ new MessageChannelMain() ◀─────────┘
 */
import { MessageChannelMain, type MessagePortMain } from 'electron'
import { Allowance } from './allowance'
import {
  type Ask,
  type End,
  LIMITS,
  OWN_KEY,
  type Peer,
  type RefusalCode,
  type Reply,
  fromMain,
  isAsk,
} from './handoff'
import { HandoffClient, type Ports } from './handoff-client'
import { Log } from './log'
import { type Member, type Request, answer, nameOf } from './member'
import { Pairs } from './pairs'
import { Presence } from './presence'
import { type Links, type Nodes, Rights } from './rights'

/** A member that has failed too often to be started again by itself. */
interface Failure {
  readonly since: number
  readonly tryAgain: () => void
}

/** How many ports of one link a member may wait for, or serve; one in a loop shall not fill main's memory. */
const MAX_WAITING = 64

/** The same, where a link goes to many: from all of them together. */
const MAX_WAITING_FOR_MANY = 1000

/** For how long an end is waited for, in milliseconds, until that is said. */
const PATIENCE_MS = 5000

/** How soon after its failure a member may be tried again, in milliseconds: a page in a loop of asking is no reason. */
const REST_MS = 1000

export class Broker {
  readonly #rights: Rights
  /** Who serves a link: the last of them, and when that goes the one before it. */
  readonly #accepting = new Map<string, Request[]>()
  readonly #opening = new Map<string, Request[]>()
  readonly #generations = new Map<string, number>()
  readonly #allowances = new WeakMap<Member, Record<End, Allowance>>()
  /** By node and key. */
  readonly #failures = new Map<string, Failure>()
  readonly #pairs = new Pairs()
  readonly #presence = new Presence()
  readonly #log = new Log()

  constructor(links: Links, nodes: Nodes = {}) {
    this.#rights = new Rights(links, nodes)
  }

  /** @throws TypeError where nobody can take part as that: a member has a key when there are many of its node, and then only. */
  check(peer: Peer): void {
    this.#rights.check(peer)
  }

  /** Gives out ports for more links than those of `src/topology.ts`: of a tool that is there in development alone. */
  addLinks(links: Links): void {
    this.#rights.addLinks(links)
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
    const objection = this.#rights.objection(member, end, data)
    if (objection) return this.refuse(objection, member, data)
    const excess = this.#excess(member, end, data)
    if (excess) return this.refuse(excess, member, data, 'unavailable')
    this.expect(member.node, member.key)
    if (data.link === OWN_KEY) return this.#tellOwnKey(member, data)
    const watched = this.#rights.watchable(member, data.link)
    if (watched !== undefined) return this.#tellMembers(member, watched, data)
    const request = { nonce: data.nonce, member, to: data.to }
    if (end === 'to') this.#accept(data.link, request)
    else this.#open(data, request)
  }

  /** A member has a document or a process that can be spoken to: a new one, or its first. */
  enter(member: Member): void {
    this.#presence.enter(member)
  }

  /** It has none any more. */
  leave(member: Member): void {
    this.forget(member)
    this.#presence.leave(member)
  }

  /** Drops what a member asked for: all of it, as that of a document that is no more, or what it withdrew. */
  forget(member: Member, nonce?: string): void {
    const isKept = (request: Request): boolean =>
      request.member !== member || (nonce !== undefined && request.nonce !== nonce)
    for (const requests of [this.#accepting, this.#opening]) {
      for (const [link, all] of requests) requests.set(link, all.filter(isKept))
    }
    if (nonce !== undefined) return
    this.#pairs.part(member)
    this.#presence.forget(member)
  }

  /**
   * A member has failed too often, and is left alone: whoever waits for it is told, and whoever asks, until it is there
   * again or {@link expect expected}.
   *
   * @param tryAgain  Called when somebody asks for that.
   * @param key  Which one it is, where there are many of the node.
   */
  giveUp(node: string, tryAgain: () => void, key?: string): void {
    this.#failures.set(placeOf({ node, key }), { since: performance.now(), tryAgain })
    for (const link of this.#rights.linksTo(node)) {
      if (this.#serversOf(link, key).length > 0) continue
      for (const request of this.#takeWaiting(link, key)) this.#tellDown(link, request)
    }
  }

  /** A member that was given up is on its way again: it can be waited for. */
  expect(node: string, key?: string): void {
    this.#failures.delete(placeOf({ node, key }))
  }

  /** Says no to whoever asked, and once to the log. */
  refuse(
    reason: string,
    to: Pick<Member, 'node' | 'key' | 'post'>,
    ask?: Ask,
    code: RefusalCode = 'refused',
  ): void {
    this.#log.once(`A port was refused. ${reason}`, placeOf(to))
    if (ask) answer(to, { type: fromMain.refuse, link: ask.link, nonce: ask.nonce, code, reason })
  }

  #accept(link: string, request: Request): void {
    const { member } = request
    const before = this.#serversOf(link, member.key)
    if (before.length > 0) {
      this.#log.once(
        `The link "${link}" is served twice by ${nameOf(member)}: the later one takes over, for as long as it does.`,
        placeOf(member),
      )
    }
    const others = (this.#accepting.get(link) ?? []).filter((each) => !before.includes(each))
    this.#accepting.set(link, [...others, ...before.slice(-MAX_WAITING + 1), request])
    this.#pairUp(link, member.key)
  }

  #open(ask: Ask, request: Request): void {
    const { link, to: key } = ask
    const { node } = this.#rights.otherEnd(ask)
    const failure = this.#failures.get(placeOf({ node, key }))
    if (failure && this.#serversOf(link, key).length === 0) {
      if (ask.again !== true || performance.now() - failure.since < REST_MS) {
        return this.#tellDown(link, request)
      }
      this.expect(node, key)
      failure.tryAgain()
    }
    this.#opening.set(link, [...this.#waitingFor(link), request])
    this.#pairUp(link, key)
    if (this.#waitingFor(link).includes(request))
      setTimeout(() => this.#warnOf(link, request), PATIENCE_MS)
  }

  #tellDown(link: string, { member, nonce, to }: Request): void {
    const reason = `${nameOf(this.#rights.otherEnd({ link, to }))} has failed too often, and stays down until it is tried again.`
    answer(member, { type: fromMain.refuse, link, nonce, code: 'down', reason })
  }

  #tellOwnKey(member: Member, ask: Ask): void {
    const { port1, port2 } = new MessageChannelMain()
    port2.close()
    this.#joinToMain(member, ask, port1, { node: member.node, key: member.key })
  }

  #tellMembers(member: Member, node: string, ask: Ask): void {
    const { port1, port2 } = new MessageChannelMain()
    if (this.#presence.watch(member, node, port2)) {
      return this.#joinToMain(member, ask, port1, { node })
    }
    const reason = `${nameOf(member)} is told often enough who of "${node}" is there.`
    this.refuse(reason, member, ask, 'unavailable')
  }

  #joinToMain(member: Member, { link, nonce }: Ask, port: MessagePortMain, peer: Peer): void {
    const about = { link, nonce, generation: 0, toProcess: true, peer }
    answer(member, { type: fromMain.grant, ...about }, port)
  }

  /** To wait may be right. It is also all that is seen of a node that does not run, or forgot to serve. */
  #warnOf(link: string, request: Request): void {
    if (!this.#waitingFor(link).includes(request)) return
    if (this.#rights.isOptional(link)) return
    const { member, nonce, to } = request
    const whom = nameOf(this.#rights.otherEnd({ link, to }))
    const reason = `${nameOf(member)} waits for the link "${link}": does ${whom} run, and serve or accept it?`
    this.#log.once(reason, placeOf(member))
    // The others have their console in this log.
    if (member.isPage) answer(member, { type: fromMain.waiting, nonce, reason })
  }

  /** Why this member may not have a port at the moment; undefined when it may. */
  #excess(member: Member, end: End, { link, to }: Ask): string | undefined {
    const allowances = this.#allowances.get(member) ?? {
      from: new Allowance(LIMITS.from),
      to: new Allowance(LIMITS.to),
    }
    this.#allowances.set(member, allowances)
    if (!allowances[end].spend()) return `${nameOf(member)} asks for more ports than it can need.`
    const waiting = this.#waitingFor(link).filter((each) => each.member === member)
    const most =
      waiting.filter((each) => each.to === to).length < MAX_WAITING
        ? MAX_WAITING_FOR_MANY
        : MAX_WAITING
    if (end === 'to' || waiting.length < most) return undefined
    return `${nameOf(member)} waits for ${most} ports of the link "${link}" already.`
  }

  /** @param key  Of the member that serves it. */
  #pairUp(link: string, key: string | undefined): void {
    const acceptor = this.#serversOf(link, key).at(-1)
    if (!acceptor) return
    for (const opener of this.#takeWaiting(link, key)) this.#connect(link, opener, acceptor)
  }

  #connect(link: string, opener: Request, acceptor: Request): void {
    const generation = (this.#generations.get(link) ?? 0) + 1
    this.#generations.set(link, generation)
    this.#pairs.add({ generation, ends: [opener, acceptor] })
    const { port1, port2 } = new MessageChannelMain()
    const grant = (to: Request, from: Request): Reply => {
      const { node, key, isPage } = from.member
      const peer = { node, key }
      return { type: fromMain.grant, link, nonce: to.nonce, generation, toProcess: !isPage, peer }
    }
    answer(acceptor.member, grant(acceptor, opener), port1)
    answer(opener.member, grant(opener, acceptor), port2)
  }

  #waitingFor(link: string): Request[] {
    return this.#opening.get(link) ?? []
  }

  /** Who waits for a member to serve it, and does so no longer. */
  #takeWaiting(link: string, key: string | undefined): Request[] {
    const all = this.#waitingFor(link)
    this.#opening.set(
      link,
      all.filter(({ to }) => to !== key),
    )
    return all.filter(({ to }) => to === key)
  }

  /** @param key  Of the member that does, where there are many of its node. */
  #serversOf(link: string, key: string | undefined): Request[] {
    return (this.#accepting.get(link) ?? []).filter(({ member }) => member.key === key)
  }
}

/** A node, or one of many, as a key of a Map. */
function placeOf({ node, key }: Peer): string {
  return JSON.stringify([node, key])
}
