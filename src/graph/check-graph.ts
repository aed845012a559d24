import { describeUnknown } from '../command-line/nearest.ts'
import { UsageError } from '../errors.ts'
import type { Graph, OwnGraph } from './graph.ts'
import { inCamelCase, inPascalCase } from './names.ts'

const LONGEST_NAME = 24

/** Folders beside those of the pages, and names that Windows keeps for devices. */
const NOT_A_FOLDER = /^(public|assets|live-view|con|prn|aux|nul|com\d|lpt\d)$/

/** What the contract of a link cannot be called: a file where it is used has another type of that name. */
const TAKEN_TYPES = [
  'AsyncIterable',
  'Contracts',
  'Link',
  'LinkName',
  'LinksOf',
  'LinksOfNode',
  'NameOf',
  'Node',
  'NodeKind',
  'NodeName',
  'Promise',
  'Record',
  'Verbs',
]

/**
 * Checks the nodes and links of a user's own against each other, and against those of the topologies.
 * Throws a UsageError that names the first wrong one.
 */
export function checkGraph(own: OwnGraph, others: Graph): void {
  const nodes = [...Object.keys(others.nodes), ...Object.keys(own.nodes)]
  const links = [...Object.keys(others.links), ...Object.keys(own.links)]
  for (const name of Object.keys(own.nodes)) {
    checkName('node', name)
    refuseFolder(name)
    refuseTwin('node', name, nodes)
  }
  for (const [name, { from, to }] of Object.entries(own.links)) {
    checkName('link', name)
    refuseTwin('link', name, links)
    refuseContract(name, others)
    for (const end of [from, to]) checkEnd(name, end, nodes, others)
    if (from !== to || { ...others.nodes, ...own.nodes }[from]?.many) continue
    throw new UsageError(
      `The link "${name}" goes from "${from}" to itself. A link joins two nodes, or two of many: name another.`,
    )
  }
}

function refuseFolder(name: string): void {
  if (!NOT_A_FOLDER.test(name)) return
  throw new UsageError(
    `A node cannot be called "${name}": its folder would be in the way of another. Choose another name.`,
  )
}

function refuseContract(name: string, others: Graph): void {
  const contracts = Object.values(others.links).flatMap(({ contract }) => contract ?? [])
  const types = [...TAKEN_TYPES, ...contracts.flatMap(({ to, from = [] }) => [to].concat(from))]
  const isTaken = types.includes(inPascalCase(name)) || contracts.some(({ file }) => file === name)
  if (!isTaken) return
  throw new UsageError(
    `A link cannot be called "${name}": there is another contract or type of that name. Choose another name.`,
  )
}

function checkName(what: 'node' | 'link', name: string): void {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= LONGEST_NAME) return
  throw new UsageError(
    `The ${what} ${JSON.stringify(name)} has a name that cannot be one of a file and in code. Take up to ${LONGEST_NAME} lower-case letters and digits, with single dashes between words, such as "my-${what}".`,
  )
}

/** Two names are twins when code would write them alike. */
function refuseTwin(what: 'node' | 'link', name: string, all: string[]): void {
  const twins = all.filter((other) => inCamelCase(other) === inCamelCase(name))
  if (twins.length < 2) return
  const twin = twins.find((other) => other !== name)
  throw new UsageError(
    twin === undefined
      ? `There is a ${what} "${name}" already. Choose another name.`
      : `The ${what}s "${name}" and "${twin}" would have one name in code. Choose another for one of them.`,
  )
}

function checkEnd(link: string, end: string, nodes: string[], others: Graph): void {
  if (!nodes.includes(end)) {
    throw new UsageError(
      `The link "${link}" names a node that is not there. ${describeUnknown('Node', end, nodes)}`,
    )
  }
  if (others.nodes[end]?.plain) {
    throw new UsageError(
      `The link "${link}" cannot end at "${end}", whose page has no bundler: see its section of the README for a port of its own.`,
    )
  }
}
