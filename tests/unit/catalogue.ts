import { NO_GRAPH } from '../../src/graph/graph.ts'
import type { AppChoices } from '../../src/render/plan.ts'
import type { Catalogue } from '../../src/catalogue/catalogue.ts'
import type { Feature } from '../../src/catalogue/features.ts'
import { type Ui, VANILLA } from '../../src/catalogue/uis.ts'
import type { Topology } from '../../src/catalogue/topologies.ts'

/** A topology of one link, `jobs` from `app` to `worker`, with what a test wants otherwise. */
export function makeTopology(name: string, changes: Partial<Topology> = {}): Topology {
  return {
    name,
    title: `The ${name}`,
    summary: `What ${name} is for`,
    choose: 'when it fits.',
    avoid: 'when it does not.',
    nodes: {
      app: { kind: 'window', about: 'The page' },
      worker: { kind: 'worker-window', about: 'Works for the page' },
    },
    links: { jobs: { from: 'app', to: 'worker', about: 'Jobs and results' } },
    readme: '',
    files: [],
    ...changes,
  }
}

const REACT: Ui = {
  name: 'react',
  title: 'React',
  plugin: { import: "import react from 'react-plugin'", call: 'react()' },
  compilerOptions: {},
  formatPlugins: [],
  readme: '',
  files: [],
}

export const CATALOGUE: Catalogue = {
  topologies: [makeTopology('main-port'), makeTopology('worker-window')],
  features: [],
  uis: [REACT],
}

export const PACKAGING: Feature = {
  name: 'packaging',
  title: 'Packaging',
  summary: 'Installers.',
  without: 'no installers',
  readme: '',
  files: [],
}

/** The choice of some topologies, with their demos, and of some features. */
export function makeApp(names: string[], features: string[] = []): AppChoices {
  return {
    topologies: new Set(names),
    demos: true,
    features: new Set(features),
    ui: VANILLA,
    own: NO_GRAPH,
  }
}
