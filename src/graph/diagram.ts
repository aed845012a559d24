import type { Graph, GraphLink, GraphNode } from './graph.ts'

/**
 * Draws who talks to whom for a terminal, one line a link, without what the nodes are where that would
 * be too wide:
 *
 *   app (window) ── jobs ──▶ worker (worker window)
 */
export function drawForTerminal({ nodes, links }: Graph, width = Infinity): string[] {
  const lines = drawLines(links, (name) => `${name} (${kindOf(name, nodes)})`)
  const isTooWide = lines.some((line) => line.length > width)
  return isTooWide ? drawLines(links, (name) => name) : lines
}

function drawLines(links: Graph['links'], describeNode: (name: string) => string): string[] {
  const lines = Object.entries(links).map(([name, { from, to }]) => ({
    from: describeNode(from),
    name,
    to: describeNode(to),
  }))
  const widest = (of: 'from' | 'name'): number => Math.max(...lines.map((line) => line[of].length))
  const dashes = (of: 'from' | 'name', text: string): string =>
    '─'.repeat(widest(of) - text.length + 2)
  return lines.map(
    ({ from, name, to }) =>
      `${from} ${dashes('from', from)} ${name} ${dashes('name', name)}▶ ${to}`,
  )
}

/** The same as a Mermaid flowchart. */
export function drawForMermaid({ nodes, links }: Graph): string {
  const boxes = Object.keys(nodes).map((name) => `  ${name}["${name}<br/>${kindOf(name, nodes)}"]`)
  const arrows = Object.entries(links).map(([name, link]) => `  ${drawArrow(name, link)}`)
  return ['flowchart LR', ...boxes, ...arrows].join('\n')
}

function drawArrow(name: string, { from, to }: GraphLink): string {
  return `${from} -- ${name} --> ${to}`
}

function kindOf(name: string, nodes: Record<string, GraphNode>): string {
  return nodes[name] ? describeKind(nodes[name]) : ''
}

/** In words: `worker window`, or `worker window, many`. */
export function describeKind({ kind, many }: Pick<GraphNode, 'kind' | 'many'>): string {
  const words = kind === 'main' ? 'main process' : kind.replaceAll('-', ' ')
  return many ? `${words}, many` : words
}
