import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from '../disk/list-files.ts'
import type { Graph } from '../graph/graph.ts'

/** One way to lay out an app: who runs where, and who talks to whom. */
export interface Topology extends Graph {
  name: string
  title: string
  summary: string
  /** When it is the right one, and when another is. */
  choose: string
  avoid: string
  /** What its project's README says of it, below its title. */
  readme: string
  /** Its files, relative to its folder. The base names some of them where they exist. */
  files: string[]
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
  const folder = join(root, name)
  const description = JSON.parse(readFileSync(join(folder, 'topology.json'), 'utf8'))
  return {
    name,
    ...description,
    // Of those that are not chosen nobody asks for these.
    get readme() {
      return readFileSync(join(folder, 'readme.md'), 'utf8')
    },
    get files() {
      return listFiles(folder)
    },
  }
}
