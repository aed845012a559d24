import { type Description, DESCRIPTION_FILES } from '../catalogue/descriptions.ts'
import { type Templates, listBelow } from '../catalogue/templates.ts'
import type { Project } from './plan.ts'
import type { Names } from './variables.ts'

/** A folder of the templates, and its files that go into the project. */
export interface Layer {
  folder: string
  sources: string[]
  /** What `[node]` or `[link]` in a path stands for, and the same for what is rendered. */
  names?: Names
}

/**
 * The layers of a project, in the order in which they are laid:
 *
 *   base                what every project has
 *   package-managers/…  what yarn needs
 *   kinds/<kind>        what main needs for nodes of a kind
 *   demos               the shell of the demos, where there are some
 *   topologies/<name>   each of them
 *   features/<name>     each of them
 *   skeleton/…          for each node and link that has no demo
 */
export function listLayers(project: Project, templates: Templates): Layer[] {
  const { topologies, features, nodes, usesYarn } = project
  const whole = (folder: string, names?: Layer['names']): Layer => ({
    folder,
    sources: listBelow(templates, folder),
    ...(names && { names }),
  })
  const hasUtilities = Object.values(nodes).some(({ kind }) => kind === 'utility-process')
  return [
    whole('base'),
    ...(usesYarn ? [whole('package-managers/yarn')] : []),
    ...(hasUtilities ? [whole('kinds/utility-process')] : []),
    ...(topologies.length > 0 ? [whole('demos')] : []),
    ...topologies.map((topology) => describedLayer('topologies', topology)),
    ...features.map((feature) => describedLayer('features', feature)),
    ...listSkeleton(project).map(({ folder, names }) => whole(`skeleton/${folder}`, names)),
  ]
}

function describedLayer(folder: string, { name, files }: Description): Layer {
  return {
    folder: `${folder}/${name}`,
    sources: files.filter((file) => !DESCRIPTION_FILES.has(file)),
  }
}

function listSkeleton({ skeleton, nodes }: Project): Pick<Layer, 'folder' | 'names'>[] {
  const placeOf = (node: string): string => PLACES[nodes[node]?.kind ?? ''] ?? 'page'
  const links = Object.entries(skeleton.links)
  const linked = new Set(links.flatMap(([, { from, to }]) => [from, to]))
  const own = Object.entries(skeleton.nodes).filter(([, { kind }]) => kind !== 'main')
  const isLogged = links.some(([, { from }]) => placeOf(from) !== 'page')
  return [
    ...(own.length + links.length > 0 ? [{ folder: 'common' }] : []),
    ...(isLogged ? [{ folder: 'log' }] : []),
    ...own.map(([node]) => ({ folder: placeOf(node), names: { node } })),
    ...(own.some(([, { kind }]) => kind === 'utility-process') ? [{ folder: 'utilities' }] : []),
    ...[...linked].map((node) => ({ folder: `links-of-${placeOf(node)}`, names: { node } })),
    ...links.flatMap(([link, { from, to }]) => {
      const ends =
        from === to ? [`within-${placeOf(from)}`] : [`from-${placeOf(from)}`, `to-${placeOf(to)}`]
      return ['link', ...ends].map((folder) => ({ folder, names: { link, from, to } }))
    }),
  ]
}

/** By kind, for what differs by it: pages are alike. */
const PLACES: Record<string, string> = { 'utility-process': 'utility-process', main: 'main' }
