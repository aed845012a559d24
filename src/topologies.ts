import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface TopologyNode {
  kind: string
  about: string
}

export interface TopologyLink {
  from: string
  to: string
  about: string
}

/** One way to lay out an app: who runs where, and who talks to whom. */
export interface Topology {
  name: string
  title: string
  summary: string
  nodes: Record<string, TopologyNode>
  links: Record<string, TopologyLink>
  readme: string
}

/** The files at a topology's root that describe it, and are no part of the project. */
export const DESCRIPTION_FILES: ReadonlySet<string> = new Set(['topology.json', 'readme.md'])

/** Reads every topology under `templates`, sorted by name: the order of help, prompts and layers. */
export function readCatalogue(templates: string): Topology[] {
  const root = join(templates, 'topologies')
  return readdirSync(root)
    .toSorted()
    .map((name) => readTopology(root, name))
}

function readTopology(root: string, name: string): Topology {
  const description = JSON.parse(readFileSync(join(root, name, 'topology.json'), 'utf8'))
  return { name, ...description, readme: readFileSync(join(root, name, 'readme.md'), 'utf8') }
}
