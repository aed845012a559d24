import { describeUnknown } from '../command-line/nearest.ts'
import { UsageError } from '../errors.ts'
import { KINDS, type Kind, type OwnGraph } from './graph.ts'

/** Reads `search:utility-process`, or `document:window:many`. Throws a UsageError that names what is wrong. */
export function parseNode(text: string): [name: string, node: OwnGraph['nodes'][string]] {
  const [name, kind, many, ...rest] = text.split(':')
  if (!name || !kind || (many !== undefined && many !== 'many') || rest.length > 0) {
    throw new UsageError(
      `The node "${text}" is not NAME:KIND. Write it like "search:utility-process", or "document:window:many" where there is any number of it; the kinds are ${KINDS.join(', ')}.`,
    )
  }
  return [name, { kind: checkKind(kind), ...(many && { many: true }) }]
}

/** Reads `search:app:worker` as a link that `app` opens to `worker`. Throws a UsageError that names what is wrong. */
export function parseLink(text: string): [name: string, link: OwnGraph['links'][string]] {
  const [name, from, to, ...rest] = text.split(':')
  if (!name || !from || !to || rest.length > 0) {
    throw new UsageError(
      `The link "${text}" is not NAME:FROM:TO. Write it like "search:app:search": its name, the node that opens it, the node that serves it.`,
    )
  }
  return [name, { from, to }]
}

/** Brings nodes or links of one's own together. Throws a UsageError when a name comes twice. */
export function collectNamed<Item>(
  what: string,
  items: [name: string, item: Item][],
): Record<string, Item> {
  const names = items.map(([name]) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw new UsageError(`The ${what} "${twice}" is given twice. Name it once.`)
  return Object.fromEntries(items)
}

function checkKind(kind: string): Kind {
  if (kind === 'view') {
    throw new UsageError(
      'A node of your own cannot be a "view", which needs code that places it in a window. Take "window", or --topology tabs, which has such code.',
    )
  }
  const known = KINDS.find((candidate) => candidate === kind)
  if (!known) throw new UsageError(describeUnknown('Kind of node', kind, KINDS))
  return known
}
