import type { Project } from './plan.ts'
import type { Names } from './variables.ts'

/** A folder of the templates that is there once, or once for each node or link, by whose name it goes. */
export interface Part {
  folder: string
  /** What `[node]` or `[link]` in a path stands for, and the same for what is rendered. */
  names?: Names
}

/** Where code of a node runs, for what differs by it: a `view` is a page in the framework of the project. */
type Place = 'main' | 'utility-process' | 'page' | 'view'

/** What is made for the nodes and links that have no demo. */
export function listSkeleton(project: Project): Part[] {
  const { skeleton } = project
  const placeOf = (node: string): Place => findPlace(project, node)
  const links = Object.entries(skeleton.links)
  const ends = [...new Set(links.flatMap(([, { from, to }]) => [from, to]))]
  const own = Object.entries(skeleton.nodes).filter(([, { kind }]) => kind !== 'main')
  const places = new Set([...ends, ...own.map(([node]) => node)].map(placeOf))
  const isLogged = links.some(([, { from }]) => !['page', 'view'].includes(placeOf(from)))
  const parts = [
    ...(own.length + links.length > 0 ? [{ folder: 'common' }] : []),
    ...(places.has('page') ? [{ folder: 'pages' }] : []),
    ...(places.has('view') ? [{ folder: 'views' }] : []),
    ...(isLogged ? [{ folder: 'log' }] : []),
    ...own.map(([node]) => ({ folder: placeOf(node), names: { node } })),
    ...own
      .filter(([node, { many }]) => many && placeOf(node) === 'view')
      .map(([node]) => ({ folder: 'one-of-many', names: { node } })),
    ...(own.some(([, { kind }]) => kind === 'utility-process') ? [{ folder: 'utilities' }] : []),
    ...ends.map((node) => ({ folder: `links-of-${placeOf(node)}`, names: { node } })),
    ...links.flatMap(([link, { from, to }]) => {
      const names = { link, from, to }
      return listLink(placeOf(from), placeOf(to), from === to).map((folder) => ({ folder, names }))
    }),
  ]
  return parts.flatMap((part) => inFramework(part, project))
}

/** A worker window is never shown: it is a plain page in every project. */
function findPlace({ nodes, ui }: Project, node: string): Place {
  const kind = nodes[node]?.kind
  if (kind === 'main' || kind === 'utility-process') return kind
  return ui && kind === 'window' ? 'view' : 'page'
}

/** What a view asks is in its framework, and so is the test of that. */
function listLink(from: Place, to: Place, isWithin: boolean): string[] {
  const answers = `to-${to === 'view' ? 'page' : to}`
  if (from === 'view') return ['link', 'from-view', answers]
  return ['link', 'ask', ...(isWithin ? [`within-${from}`] : [`from-${from}`, answers])]
}

/** What makes a view is partly the same in every framework. */
function inFramework({ folder, names }: Part, { ui }: Project): Part[] {
  const more = names && { names }
  const part = { folder: `skeleton/${folder}`, ...more }
  const isOwn = ui?.files.some((file) => file.startsWith(`${folder}/`))
  return isOwn ? [part, { folder: `ui/${ui?.name}/${folder}`, ...more }] : [part]
}
