/**
 * Which contract belongs to which link, for the compiler: `Link` and `serve` go by it. `src/topology.ts` says it
 * once for the app, and each node has its ports by its own links:
 *
 *   contracts { jobs: { to: Jobs } } ─┬─▶ the node `app` opens it:      new Link(ports, 'jobs') asks Jobs
 *                                     └─▶ the node `worker` accepts it: serve(ports, 'jobs', …) serves Jobs
 */

import type { Peer } from './handoff/handoff'

/** What the two ends of a link serve: the one it goes `to`, and the one it comes `from`, where that is asked too. */
export interface LinkContracts {
  to?: object
  from?: object
}

/** The links of a node, by their names. */
export interface NodeLinks {
  /** What it may open, by `Link`. */
  opens: Record<string, Side>
  /** What it may accept, by `serve`. */
  accepts: Record<string, Side>
  /** That of the node itself, where it is one of many. */
  key?: string | undefined
}

/** The contracts of a link as one of its ends sees them. */
export interface Side {
  /** What the other end serves. */
  asks: object
  serves: object
  /** Who is at the other end. Which one of many, its key says. */
  peer?: Peer
}

/** The links of `Node` among the `Links` of an app; `Nodes` tell of which there are many. */
export interface LinksOfNode<
  Links,
  Contracts extends Record<keyof Links, LinkContracts>,
  Node,
  Nodes = unknown,
> {
  opens: {
    [Name in keyof Links as Links[Name] extends { from: Node } ? Name : never]: {
      asks: ContractOf<Contracts[Name], 'to', object>
      serves: ContractOf<Contracts[Name], 'from', ServesNothing>
      peer: PeerAt<Links[Name], 'to', Nodes>
    }
  }
  accepts: {
    [Name in keyof Links as Links[Name] extends { to: Node } ? Name : never]: {
      asks: ContractOf<Contracts[Name], 'from', object>
      serves: ContractOf<Contracts[Name], 'to', ServesNothing>
      peer: PeerAt<Links[Name], 'from', Nodes>
    }
  }
  /** Which one of many it is. */
  key: KeyAt<Nodes, Node>
}

type PeerAt<Link, End extends 'from' | 'to', Nodes> =
  Link extends Record<End, infer Node extends string>
    ? { readonly node: Node; readonly key: KeyAt<Nodes, Node> }
    : never

type KeyAt<Nodes, Node> = Node extends keyof Nodes
  ? Nodes[Node] extends { many: true }
    ? string
    : undefined
  : undefined

type ContractOf<Contracts, End extends keyof LinkContracts, None> =
  Contracts extends Record<End, infer Contract extends object> ? Contract : None

/** The compiler shows this where an end is given handlers, and has no contract in `src/topology.ts`. */
export interface ServesNothing {
  [method: string]: never
}

/** The names of links, for the compiler to complete. */
export type NameIn<Links> = [keyof Links] extends [never] ? NoSuchLink : keyof Links & string

/** The compiler shows this where a node has no link in that direction. */
export type NoSuchLink = string & { readonly 'see src/topology.ts': never }

/** What can be asked at the other end of the link with that name. */
export type Asks<Links extends NodeLinks['opens'], Name> = Name extends keyof Links
  ? Links[Name]['asks']
  : object

/** What has to be served at this end of the link with that name. */
export type Serves<Links extends NodeLinks['opens'], Name> = Name extends keyof Links
  ? Links[Name]['serves']
  : object

/** Who is at the other end of the link with that name. */
export type PeerOf<Links extends NodeLinks['opens'], Name> = Name extends keyof Links
  ? Links[Name] extends { peer: infer Other extends Peer }
    ? Other
    : Peer
  : Peer

/** The key of who is at the other end of the link with that name: `undefined` where there is one of that node. */
export type KeyOf<Links extends NodeLinks['opens'], Name> = PeerOf<Links, Name>['key']

/** The nodes of which there are many, and to which these links go. */
export type ManyIn<Links extends NodeLinks['opens']> = string extends keyof Links
  ? string
  : {
      [Name in keyof Links]: Links[Name] extends { peer: { node: infer Node; key: string } }
        ? Node
        : never
    }[keyof Links] &
      string
