import { styleText } from 'node:util'
import { drawForTerminal } from './diagram.ts'
import type { Topology } from './topologies.ts'

/** The topologies there are, as a table, and with `diagram` who talks to whom in each. */
export function describeCatalogue(catalogue: Topology[], diagram: boolean): string {
  const width = Math.max(...catalogue.map(({ name }) => name.length))
  return catalogue
    .map((topology) => {
      const { name, summary, choose } = topology
      const line = `${styleText('cyan', name.padEnd(width))}  ${summary}`
      if (!diagram) return line
      const links = drawForTerminal(topology).map((link) => `  ${link}`)
      return [line, '', ...links, '', `  Choose it ${choose}`, ''].join('\n')
    })
    .join('\n')
    .trimEnd()
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
