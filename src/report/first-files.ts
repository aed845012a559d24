import type { Project } from '../render/plan.ts'

/** Where to type first in something that a project has gained. */
export interface FirstFiles {
  what: 'node' | 'link' | 'topology'
  name: string
  files: { path: string; holds: string }[]
}

/** Names what `after` has and `before` has not, each with the files in which its user's own code begins. */
export function listFirstFiles(before: Project, after: Project): FirstFiles[] {
  const { topologies, skeleton } = after
  const known = new Set(before.topologies.map(({ name }) => name))
  return [
    ...topologies.filter(({ name }) => !known.has(name)).map(ofTopology),
    ...listNew(before.nodes, skeleton.nodes)
      .filter((node) => skeleton.nodes[node]?.kind !== 'main')
      .map((node) => ofNode(node, after)),
    ...listNew(before.links, skeleton.links).map((link) => ofLink(link, after)),
  ]
}

function listNew(before: object, after: object): string[] {
  return Object.keys(after).filter((name) => !Object.hasOwn(before, name))
}

function ofTopology({ name, files }: Project['topologies'][number]): FirstFiles {
  const contracts = files.filter((path) => path.startsWith('src/contracts/'))
  return {
    what: 'topology',
    name,
    files: [
      { path: `src/renderer/app/demos/${name}/index.ts`, holds: 'its demo' },
      ...contracts.map((path) => ({ path, holds: 'what is said' })),
    ],
  }
}

function ofNode(name: string, project: Project): FirstFiles {
  const isUtility = project.nodes[name]?.kind === 'utility-process'
  const folder = folderOf(name, project)
  const path = isUtility ? `${folder}.ts` : `${folder}/main.ts`
  return { what: 'node', name, files: [{ path, holds: isUtility ? 'its code' : 'its page' }] }
}

function ofLink(name: string, project: Project): FirstFiles {
  const { from = '', to = '' } = project.links[name] ?? {}
  return {
    what: 'link',
    name,
    files: [
      { path: `src/contracts/${name}.ts`, holds: 'what may be asked' },
      { path: `${folderOf(to, project)}/links/${name}.ts`, holds: `how "${to}" answers` },
      { path: `${folderOf(from, project)}/links/${name}.ts`, holds: `what "${from}" asks` },
    ],
  }
}

function folderOf(node: string, { nodes }: Project): string {
  const kind = nodes[node]?.kind
  if (kind === 'main') return 'src/main'
  return kind === 'utility-process' ? `src/utility/${node}` : `src/renderer/${node}`
}
