import { inPascalCase, sortKeys } from './names.ts'

/** A process of the app, or a page in one. */
export interface GraphNode {
  kind: string
  /** True for one of which there may be any number, each with a key of its own. */
  many?: true
  /** When its window opens, if not with the app: `later`, or of many those with these keys. */
  opens?: 'later' | string[]
  /** What its window is called, and its size in pixels, as it is first opened. */
  title?: string
  width?: number
  height?: number
  /** Of a page with an origin of its own. */
  host?: string
  /** True for a page whose scripts no bundler sees. */
  plain?: boolean
  about: string
}

/** Any number of ports from one node to another. */
export interface GraphLink {
  from: string
  to: string
  about: string
  /** What is said on it; without one it carries plain messages. */
  contract?: LinkContract
}

/** `src/contracts/<file>.ts`, and the interfaces there that the two ends serve. */
export interface LinkContract {
  file: string
  to: string
  /** Of a link on which the node that opens it is asked, too. */
  from?: string
}

/** Who runs where, and who talks to whom. */
export interface Graph {
  nodes: Record<string, GraphNode>
  links: Record<string, GraphLink>
}

/** The kinds of node that a user may choose. Of `main` there is one, and a `view` needs code that places it. */
export const KINDS = ['window', 'worker-window', 'utility-process'] as const

export type Kind = (typeof KINDS)[number]

/** The nodes and links of a user's own, as a choices file holds them. */
export interface OwnGraph {
  nodes: Record<string, { kind: Kind; many?: true }>
  links: Record<string, { from: string; to: string }>
}

export const NO_GRAPH: OwnGraph = { nodes: {}, links: {} }

/** The first window, which every project has. */
export const APP: GraphNode = { kind: 'window', about: 'The page the user sees.' }

export const MAIN: GraphNode = { kind: 'main', about: 'The main process itself.' }

const ABOUT: Record<string, string> = {
  main: MAIN.about,
  window: 'A page the user sees.',
  'worker-window': 'A page that is never shown and works for others.',
  'utility-process': 'Node in a process of its own.',
}

/**
 * Nodes and links that no demo tells about, in words too. They are sorted: in whatever order they came, the
 * project is the same.
 */
export function describeSkeleton({ nodes, links }: SkeletonGraph): Graph {
  return {
    nodes: mapSorted(nodes, ({ kind: ofDemo, many, host }) => {
      // Where a view goes is code of its own: until there is some, its page has a window.
      const kind = ofDemo === 'view' ? 'window' : ofDemo
      return {
        kind,
        ...(many && { many }),
        // Nobody else opens some where there is no demo.
        ...(many && kind !== 'utility-process' && { opens: ['1', '2'] }),
        ...(host && { host }),
        about: `${ABOUT[kind] ?? ''}${many ? ' Any number of it.' : ''}`,
      }
    }),
    links: mapSorted(links, ({ from, to }, name) => ({
      from,
      to,
      about: `What "${from}" asks "${to}".`,
      contract: { file: name, to: inPascalCase(name) },
    })),
  }
}

interface SkeletonGraph {
  nodes: Record<string, { kind: string; many?: true; host?: string }>
  links: Record<string, Pick<GraphLink, 'from' | 'to'>>
}

function mapSorted<Value, Result>(
  record: Record<string, Value>,
  change: (value: Value, name: string) => Result,
): Record<string, Result> {
  const entries = Object.entries(sortKeys(record))
  return Object.fromEntries(entries.map(([name, value]) => [name, change(value, name)]))
}
