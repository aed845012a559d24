import { styleText } from 'node:util'
import type { Topology } from '../catalogue/topologies.ts'
import { drawForTerminal } from '../graph/diagram.ts'
import { drawTable, indent, terminalWidth, wrapText } from '../terminal/terminal.ts'

/** The topologies there are, as a table, or with `diagram` each at length: who talks to whom, and when. */
export function describeCatalogue(catalogue: Topology[], diagram: boolean): string {
  const width = terminalWidth()
  if (diagram) return catalogue.map((topology) => describeTopology(topology, width)).join('\n\n')
  const rows = catalogue.map(({ name, summary }) => ({ name, text: summary }))
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
export function catalogueToJson(catalogue: Topology[]): object {
  return catalogue.map(({ name, title, summary, choose, avoid, nodes, links }) => ({
    name,
    title,
    summary,
    choose,
    avoid,
    nodes,
    links,
  }))
}
