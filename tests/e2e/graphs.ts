/** A graph of one's own, as `--node` and `--link` name it. */
export interface FixedGraph {
  name: string
  nodes: string[]
  links: string[]
}

const PAIR = ['app', 'main', 'side', 'engine', 'search']

/** What random graphs are checked for without an app, some are built and run for: shapes that people draw, and dense ones. */
export const GRAPHS: FixedGraph[] = [
  {
    name: 'a chain through every kind of node',
    nodes: ['side:window', 'engine:worker-window', 'search:utility-process'],
    links: ['a:app:side', 'b:side:engine', 'c:engine:search', 'd:search:main'],
  },
  {
    name: 'a star round a utility process',
    nodes: ['hub:utility-process', 'one:window', 'two:worker-window', 'three:utility-process'],
    links: ['a:app:hub', 'b:one:hub', 'c:two:hub', 'd:three:hub', 'e:main:hub', 'f:hub:one'],
  },
  {
    name: 'main at both ends of links to every node',
    nodes: ['side:window', 'engine:worker-window', 'search:utility-process'],
    links: ['app', 'side', 'engine', 'search'].flatMap((node) => [
      `ask-${node}:main:${node}`,
      `${node}-asks:${node}:main`,
    ]),
  },
  {
    name: 'several links both ways between the same two nodes',
    nodes: ['engine:worker-window'],
    links: ['a', 'b', 'c'].flatMap((name) => [`${name}:app:engine`, `${name}-back:engine:app`]),
  },
  {
    name: 'a ring, and utility processes that only know each other',
    nodes: ['one:window', 'two:window', 'left:utility-process', 'right:utility-process'],
    links: ['a:app:one', 'b:one:two', 'c:two:app', 'd:left:right', 'e:right:left'],
  },
  {
    name: 'every node linked to every other, both ways',
    nodes: ['side:window', 'engine:worker-window', 'search:utility-process'],
    links: PAIR.flatMap((from) =>
      PAIR.filter((to) => to !== from).map((to) => `${from}-${to}:${from}:${to}`),
    ),
  },
  {
    name: 'twelve nodes and thirty links',
    nodes: listTwelve(),
    links: listThirty(),
  },
]

/** Ten beside `app` and `main`. */
function listTwelve(): string[] {
  const kinds = ['window', 'worker-window', 'utility-process']
  return Array.from({ length: 10 }, (_, index) => `node-${index}:${kinds[index % 3]}`)
}

/** Each node is linked to those two, three and five places on, in turn: from pages to processes and back. */
function listThirty(): string[] {
  const names = ['app', 'main', ...listTwelve().map((node) => node.split(':')[0])]
  return Array.from({ length: 30 }, (_, index) => {
    const from = index % names.length
    const to = (from + [2, 3, 5][index % 3]! + Math.floor(index / 12)) % names.length
    return `link-${index}:${names[from]}:${names[to]}`
  })
}

/** The same as flags. */
export function flagsOf({ nodes, links }: Omit<FixedGraph, 'name'>): string[] {
  return [
    ...nodes.flatMap((node) => ['--node', node]),
    ...links.flatMap((link) => ['--link', link]),
  ]
}
