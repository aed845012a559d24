import { type Description, DESCRIPTION_FILES } from '../catalogue/descriptions.ts'
import { type Templates, listBelow } from '../catalogue/templates.ts'
import type { Project } from './plan.ts'
import { type Part, listSkeleton } from './skeleton.ts'

/** A folder of the templates, and its files that go into the project. */
export interface Layer extends Part {
  sources: string[]
}

/**
 * The layers of a project, in the order in which they are laid:
 *
 *   base                what every project has
 *   package-managers/…  what yarn needs
 *   kinds/<kind>        what main needs for nodes of a kind
 *   plain-pages         how pages without a framework show a link
 *   demos               the shell of the demos, where there are some
 *   topologies/<name>   each of them
 *   features/<name>     each of them
 *   skeleton/…          for each node and link that has no demo
 *   ui/<name>/…         what is added to those where pages are in a framework
 */
export function listLayers(project: Project, templates: Templates): Layer[] {
  const { topologies, features, nodes, usesYarn } = project
  const whole = (folder: string, names?: Layer['names']): Layer => ({
    folder,
    sources: listBelow(templates, folder),
    ...(names && { names }),
  })
  const skeleton = listSkeleton(project)
  const hasDemos = topologies.length > 0
  const hasPlainPages = hasDemos || skeleton.some(({ folder }) => folder === 'skeleton/pages')
  const hasKind = (wanted: string): boolean =>
    Object.values(nodes).some(({ kind }) => kind === wanted)
  return [
    whole('base'),
    ...(usesYarn ? [whole('package-managers/yarn')] : []),
    ...['utility-process', 'view'].filter(hasKind).map((kind) => whole(`kinds/${kind}`)),
    ...(hasPlainPages ? [whole('plain-pages')] : []),
    ...(hasDemos ? [whole('demos')] : []),
    ...topologies.map((topology) => describedLayer('topologies', topology)),
    ...features.map((feature) => describedLayer('features', feature)),
    ...skeleton.map(({ folder, names }) => whole(folder, names)),
  ]
}

function describedLayer(folder: string, { name, files }: Description): Layer {
  return {
    folder: `${folder}/${name}`,
    sources: files.filter((file) => !DESCRIPTION_FILES.has(file)),
  }
}
