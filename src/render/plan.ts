import { isDeepStrictEqual } from 'node:util'
import { drawForMermaid } from '../catalogue/diagram.ts'
import type { LinkContract, Topology, TopologyLink, TopologyNode } from '../catalogue/topologies.ts'
import type { Choices } from '../command-line/choices.ts'
import { COMMANDS } from '../command-line/completion.ts'

/** What the templates see. It depends on the choices and the version only: same project, same bytes. */
export interface Project {
  name: string
  topologies: Topology[]
  nodes: Record<string, TopologyNode>
  links: Record<string, TopologyLink>
  /** The interfaces that are served on the links, by the file of `src/contracts` that has them. */
  contracts: Record<string, string[]>
  /** Who talks to whom, as Mermaid. */
  diagram: string
  command: string
  version: string
}

/**
 * Brings the chosen topologies together in catalogue order.
 * Throws when two of them disagree on a node or a link, which is a mistake in the templates.
 */
export function planProject(
  choices: Pick<Choices, 'destination' | 'topologies'>,
  catalogue: Topology[],
  version: string,
): Project {
  const { name } = choices.destination
  const directory = COMMANDS.includes(name) ? `./${name}` : name
  const chosen = catalogue.filter((topology) => choices.topologies.has(topology.name))
  // The copies hold what the catalogue reads from the disk whenever it is asked.
  const topologies = chosen.map((topology) => ({ ...topology }))
  const names = topologies.map((topology) => topology.name).join(',')
  const nodes = unite(topologies.map((topology) => topology.nodes))
  const links = unite(topologies.map((topology) => topology.links))
  return {
    name,
    topologies,
    nodes,
    links,
    contracts: listContracts(links),
    diagram: drawForMermaid({ nodes, links }),
    command: `npm create electron-ports@${version} ${directory} -- --topology ${names}`,
    version,
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

function listContracts(links: Record<string, TopologyLink>): Record<string, string[]> {
  const contracts: Record<string, string[]> = {}
  const ofLinks = Object.values(links).flatMap(({ contract }) => contract ?? [])
  for (const { file, to, from = [] } of ofLinks.toSorted(byFile)) {
    contracts[file] = [...new Set([...(contracts[file] ?? []), to].concat(from))].toSorted()
  }
  return contracts
}

function byFile(one: LinkContract, other: LinkContract): number {
  return one.file < other.file ? -1 : 1
}
