import { NO_GRAPH } from '../../src/graph/graph.ts'
import type { AppChoices } from '../../src/render/plan.ts'
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

export const CATALOGUE = [makeTopology('main-port'), makeTopology('worker-window')]

/** The choice of some topologies, with their demos. */
export function makeApp(names: string[]): AppChoices {
  return { topologies: new Set(names), demos: true, own: NO_GRAPH }
}
