import { type Feature, readFeatures } from './features.ts'
import { type Topology, readTopologies } from './topologies.ts'
import { type Ui, readUis } from './uis.ts'

/** What a project can be made of. */
export interface Catalogue {
  topologies: Topology[]
  features: Feature[]
  /** The frameworks in which pages may be made, beside none. */
  uis: Ui[]
}

/** Reads all that is under `templates`, sorted by name: the order of help, prompts and layers. */
export function readCatalogue(templates: string): Catalogue {
  return {
    topologies: readTopologies(templates),
    features: readFeatures(templates),
    uis: readUis(templates),
  }
}
