/**
 * Which contract belongs to which link, for the compiler: `Link` and `serve` go by it. `src/topology.ts` says it
 * once for the app, and each node has its ports by its own links:
 *
 *   contracts { jobs: { to: Jobs } } ─┬─▶ the node `app` opens it:      new Link(ports, 'jobs') asks Jobs
 *                                     └─▶ the node `worker` accepts it: serve(ports, 'jobs', …) serves Jobs
 */

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
}

/** The contracts of a link as one of its ends sees them. */
export interface Side {
  /** What the other end serves. */
  asks: object
  serves: object
}

/** The links of `Node` among the `Links` of an app. */
export interface LinksOfNode<Links, Contracts extends Record<keyof Links, LinkContracts>, Node> {
  opens: {
    [Name in keyof Links as Links[Name] extends { from: Node } ? Name : never]: {
      asks: ContractOf<Contracts[Name], 'to', object>
      serves: ContractOf<Contracts[Name], 'from', ServesNothing>
    }
  }
  accepts: {
    [Name in keyof Links as Links[Name] extends { to: Node } ? Name : never]: {
      asks: ContractOf<Contracts[Name], 'from', object>
      serves: ContractOf<Contracts[Name], 'to', ServesNothing>
    }
  }
}

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
