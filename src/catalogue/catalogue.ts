import { type Feature, readFeatures } from './features.ts'
import { type Topology, readTopologies } from './topologies.ts'

/** What a project can be made of. */
export interface Catalogue {
  topologies: Topology[]
  features: Feature[]
}

/** Reads all that is under `templates`, sorted by name: the order of help, prompts and layers. */
export function readCatalogue(templates: string): Catalogue {
  return { topologies: readTopologies(templates), features: readFeatures(templates) }
}
