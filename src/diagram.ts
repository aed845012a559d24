import type { Topology, TopologyLink, TopologyNode } from './topologies.ts'

type Graph = Pick<Topology, 'nodes' | 'links'>

/**
 * Draws who talks to whom for a terminal, one line a link:
 *
 *   app (window) ── jobs ──▶ worker (worker window)
 */
export function drawForTerminal({ nodes, links }: Graph): string[] {
  const lines = Object.entries(links).map(([name, { from, to }]) => ({
    from: describeNode(from, nodes),
    name,
    to: describeNode(to, nodes),
  }))
  const widest = (of: 'from' | 'name'): number => Math.max(...lines.map((line) => line[of].length))
  const [fromWidth, nameWidth] = [widest('from'), widest('name')]
  return lines.map(
    ({ from, name, to }) =>
      `${from.padEnd(fromWidth)} ── ${name} ${'─'.repeat(nameWidth - name.length)}──▶ ${to}`,
  )
}

/** The same as a Mermaid flowchart. */
export function drawForMermaid({ nodes, links }: Graph): string {
  const boxes = Object.keys(nodes).map((name) => `  ${name}["${name}<br/>${kindOf(name, nodes)}"]`)
  const arrows = Object.entries(links).map(([name, link]) => `  ${drawArrow(name, link)}`)
  return ['flowchart LR', ...boxes, ...arrows].join('\n')
}

function drawArrow(name: string, { from, to }: TopologyLink): string {
  return `${from} -- ${name} --> ${to}`
}

function describeNode(name: string, nodes: Record<string, TopologyNode>): string {
  return `${name} (${kindOf(name, nodes)})`
}

/** In words: `worker window`. */
function kindOf(name: string, nodes: Record<string, TopologyNode>): string {
  const kind = nodes[name]?.kind ?? ''
  return kind === 'main' ? 'main process' : kind.replaceAll('-', ' ')
}
