import { printable } from '../printable'
import { type Ask, type End, OWN_KEY, type Peer, WHAT_A_KEY_IS, isKey, membersOf } from './handoff'
import { nameOf } from './member'

/** Who may speak to whom, as `src/topology.ts` has it. */
export interface Links {
  readonly [link: string]: {
    readonly from: string
    readonly to: string
    /** Its other end may never be there: to wait for that is no news. */
    readonly isOptional?: boolean
  }
}

/** Of which nodes there are many. */
export interface Nodes {
  readonly [node: string]: { readonly many?: boolean }
}

/** What a member may have: told by the links and nodes alone, whoever is there. */
export class Rights {
  #links: Links
  readonly #nodes: Nodes

  constructor(links: Links, nodes: Nodes) {
    this.#links = links
    this.#nodes = nodes
  }

  addLinks(links: Links): void {
    this.#links = { ...links, ...this.#links }
  }

  linksTo(node: string): string[] {
    return Object.keys(this.#links).filter((link) => this.#links[link]?.to === node)
  }

  isOptional(link: string): boolean {
    return this.#links[link]?.isOptional === true
  }

  /** Who is to have the other end of what is opened. */
  otherEnd({ link, to }: { link: string; to?: string | undefined }): Peer {
    return { node: (this.#links[link] as Links[string]).to, key: to }
  }

  /** @throws TypeError where nobody can take part as that: a member has a key when there are many of its node, and then only. */
  check({ node, key }: Peer): void {
    const isMany = this.#isMany(node)
    if (isMany && !isKey(key)) {
      throw new TypeError(`There are many of "${node}": each needs a key. ${WHAT_A_KEY_IS}`)
    }
    if (!isMany && key !== undefined) {
      throw new TypeError(
        `There is one of "${node}" in src/topology.ts, without a key: make it \`many\`.`,
      )
    }
  }

  /** The node whose members this one may watch by that link: it has one to them of its own. */
  watchable({ node }: Peer, link: string): string | undefined {
    const own = Object.values(this.#links).filter(
      ({ from, to }) => from === node && this.#isMany(to),
    )
    return own.find(({ to }) => link === membersOf(to))?.to
  }

  /** Why this member may not have this end of the link; undefined when it may. */
  objection(member: Peer, end: End, ask: Ask): string | undefined {
    const isToMain =
      ask.link === OWN_KEY ? member.key !== undefined : this.watchable(member, ask.link)
    if (end === 'from' && isToMain) return undefined
    const { node } = member
    const link = Object.hasOwn(this.#links, ask.link) ? this.#links[ask.link] : undefined
    if (!link) return `There is no link "${printable(ask.link)}" in src/topology.ts.`
    if (link[end] === node) return end === 'from' ? this.#objectionToKey(member, ask) : undefined
    return `The link "${ask.link}" goes from "${link.from}" to "${link.to}" in src/topology.ts: "${node}" is not its "${end}".`
  }

  /** Why the key of the other end will not do; undefined when it will. */
  #objectionToKey(member: Peer, ask: Ask): string | undefined {
    const { link, to: key } = ask
    const { node } = this.otherEnd(ask)
    if (!this.#isMany(node)) {
      if (key === undefined) return undefined
      return `There is one of "${node}": the link "${link}" to it is opened without a key.`
    }
    if (key === undefined)
      return `There are many of "${node}": say by its key to which the link "${link}" shall go.`
    if (!isKey(key)) return WHAT_A_KEY_IS
    if (member.node !== node || member.key !== key) return undefined
    return `The link "${link}" joins two of "${node}": ${nameOf(member)} cannot be both.`
  }

  #isMany(node: string): boolean {
    return Object.hasOwn(this.#nodes, node) && this.#nodes[node]?.many === true
  }
}
