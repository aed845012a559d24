import { styleText } from 'node:util'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Feature } from '../catalogue/features.ts'
import type { Topology } from '../catalogue/topologies.ts'
import { drawForTerminal } from '../graph/diagram.ts'
import { drawTable, indent, terminalWidth, wrapText } from '../terminal/terminal.ts'

/**
 * The topologies there are, as a table, or with `diagram` each at length: who talks to whom, and when. Then what a
 * project has beside.
 */
export function describeCatalogue({ topologies, features }: Catalogue, diagram: boolean): string {
  const width = terminalWidth()
  const described = diagram
    ? topologies.map((topology) => describeTopology(topology, width)).join('\n\n')
    : drawSummaries(topologies, width)
  return [described, '', ...wrapText(BESIDE, width), drawSummaries(features, width)].join('\n')
}

/** How what a project has beside is called to its user. */
export const BESIDE = 'Beside, unless --no-<name> leaves it out:'

function drawSummaries(parts: Pick<Feature, 'name' | 'summary'>[], width: number): string {
  const rows = parts.map(({ name, summary }) => ({ name, text: summary }))
  return drawTable(rows, width).map(emphasizeName).join('\n')
}

function describeTopology(topology: Topology, width: number): string {
  const { name, summary, choose, avoid } = topology
  return [
    styleText('cyan', name),
    ...wrapText(summary, width - 2).map(indent),
    '',
    ...drawForTerminal(topology, width - 2).map(indent),
    '',
    ...wrapText(`Choose it ${choose}`, width - 2).map(indent),
    ...wrapText(`Choose another ${avoid}`, width - 2).map(indent),
  ].join('\n')
}

function emphasizeName(line: string): string {
  return line.replace(/^\S+/, (name) => styleText('cyan', name))
}

/** The same for a program. */
export function catalogueToJson({ topologies, features }: Catalogue): object {
  return {
    topologies: topologies.map(({ name, title, summary, choose, avoid, nodes, links }) => ({
      name,
      title,
      summary,
      choose,
      avoid,
      nodes,
      links,
    })),
    features: features.map(({ name, title, summary, without }) => ({
      name,
      title,
      summary,
      without,
    })),
  }
}
