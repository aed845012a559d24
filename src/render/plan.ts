import { isDeepStrictEqual } from 'node:util'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Feature } from '../catalogue/features.ts'
import { namesOf } from '../catalogue/names-of.ts'
import type { Topology } from '../catalogue/topologies.ts'
import { type Ui, VANILLA } from '../catalogue/uis.ts'
import { COMMANDS } from '../command-line/completion.ts'
import { drawForMermaid } from '../graph/diagram.ts'
import {
  APP,
  type Graph,
  MAIN,
  type GraphLink,
  type LinkContract,
  type OwnGraph,
  describeSkeleton,
} from '../graph/graph.ts'
import { sortKeys, toScheme } from '../graph/names.ts'

/** What an app is of: with the project's name and the version it decides about every byte. */
export interface AppChoices {
  topologies: ReadonlySet<string>
  /** Whether the topologies come with their demos, or as a skeleton of their nodes and links. */
  demos: boolean
  /** What it has beside: packaging, … */
  features: ReadonlySet<string>
  /** The framework of its pages, or `vanilla` for none. */
  ui: string
  /** Nodes and links of the user's own. */
  own: OwnGraph
}

/** What the templates see. It depends on the choices and the version only: same project, same bytes. */
export interface Project extends Graph {
  name: string
  /** Of links to the app: `my-app` for `my-app://…`. */
  scheme: string
  app: AppChoices
  /** Those whose demos it has. */
  topologies: Topology[]
  features: Feature[]
  /** The framework of its pages, where they have one. */
  ui: Ui | undefined
  /** The interfaces that are served on the links, by the file of `src/contracts` that has them. */
  contracts: Record<string, string[]>
  /** The nodes and links that have no demo, and are rendered from what they are. */
  skeleton: Graph
  /** Who talks to whom, as Mermaid. */
  diagram: string
  /** Yarn alone needs a file of its own in the project. */
  usesYarn: boolean
  command: string
  version: string
}

/**
 * Brings the chosen topologies, in catalogue order, and the user's own nodes and links together.
 * Throws when two topologies disagree on a node or a link, which is a mistake in the templates.
 */
export function planProject(
  name: string,
  app: AppChoices,
  catalogue: Catalogue,
  version: string,
  usesYarn = false,
): Project {
  const chosen = catalogue.topologies.filter(({ name: each }) => app.topologies.has(each))
  const features = catalogue.features.filter(({ name: each }) => app.features.has(each))
  const own = describeSkeleton(app.own)
  const known = uniteGraphs(chosen)
  const shown = app.demos ? known : describeSkeleton(known)
  const whole = uniteGraphs([shown, listCommon(shown, own), own])
  return {
    ...whole,
    name,
    scheme: toScheme(name),
    app,
    topologies: app.demos ? chosen : [],
    features,
    ui: catalogue.uis.find(({ name: each }) => each === app.ui),
    skeleton: app.demos ? own : whole,
    contracts: listContracts(whole.links),
    diagram: drawForMermaid(whole),
    usesYarn,
    command: `npm create electron-ports@${version} ${quoteDirectory(name)} -- ${listFlags(app, catalogue)}${usesYarn ? ' --pm yarn' : ''}`,
    version,
  }
}

/** A project called like a command of ours is made in a folder that is no command. */
function quoteDirectory(name: string): string {
  return COMMANDS.includes(name) ? `./${name}` : name
}

/** The flags that say the same. */
export function listFlags(
  { topologies, demos, features, ui, own }: AppChoices,
  catalogue: Catalogue,
): string {
  const names = namesOf(catalogue.topologies).filter((name) => topologies.has(name))
  const without = namesOf(catalogue.features).filter((name) => !features.has(name))
  return [
    ...(names.length > 0 ? [`--topology ${names.join(',')}`] : []),
    ...(demos || names.length === 0 || ui !== VANILLA ? [] : ['--no-demos']),
    ...(ui === VANILLA ? [] : [`--ui ${ui}`]),
    ...without.map((name) => `--no-${name}`),
    ...Object.entries(sortKeys(own.nodes)).map(
      ([name, { kind, many }]) => `--node ${name}:${kind}${many ? ':many' : ''}`,
    ),
    ...Object.entries(sortKeys(own.links)).map(
      ([name, { from, to }]) => `--link ${name}:${from}:${to}`,
    ),
  ].join(' ')
}

/** Every project has a first window, and names main where that has a link. */
function listCommon(shown: Graph, own: Graph): Graph {
  const ends = Object.values(own.links).flatMap(({ from, to }) => [from, to])
  const needed = { app: APP, ...(ends.includes('main') && { main: MAIN }) }
  const missing = Object.entries(needed).filter(([name]) => !shown.nodes[name])
  return { nodes: Object.fromEntries(missing), links: {} }
}

function uniteGraphs(graphs: Graph[]): Graph {
  return {
    nodes: unite(graphs.map(({ nodes }) => nodes)),
    links: unite(graphs.map(({ links }) => links)),
  }
}

function unite<Item>(parts: Record<string, Item>[]): Record<string, Item> {
  const united: Record<string, Item> = {}
  for (const [name, item] of parts.flatMap((part) => Object.entries(part))) {
    if (Object.hasOwn(united, name) && !isDeepStrictEqual(united[name], item)) {
      throw new Error(`Two topologies define "${name}" differently.`)
    }
    united[name] = item
  }
  return united
}

function listContracts(links: Record<string, GraphLink>): Record<string, string[]> {
  const contracts = new Map<string, string[]>()
  const ofLinks = Object.values(links).flatMap(({ contract }) => contract ?? [])
  for (const { file, to, from = [] } of ofLinks.toSorted(byFile)) {
    const names = new Set([...(contracts.get(file) ?? []), to].concat(from))
    contracts.set(file, [...names].toSorted())
  }
  return Object.fromEntries(contracts)
}

function byFile(one: LinkContract, other: LinkContract): number {
  return one.file < other.file ? -1 : 1
}
