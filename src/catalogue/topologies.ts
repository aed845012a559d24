import type { Graph } from '../graph/graph.ts'
import { checkTopology } from './check-topology.ts'
import { type Description, readDescriptions } from './descriptions.ts'

/** One way to lay out an app: who runs where, and who talks to whom. */
export interface Topology extends Graph, Description {
  title: string
  summary: string
  /** When it is the right one, and when another is. */
  choose: string
  avoid: string
}

/** Reads every topology under `templates`, sorted by name. Throws an Error that names the first that is wrong. */
export function readTopologies(templates: string): Topology[] {
  return readDescriptions(`${templates}/topologies`, 'topology.json', checkTopology)
}
