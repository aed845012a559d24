import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { OwnGraph } from '../../../src/graph/graph.ts'
import { readTemplates } from '../../../src/catalogue/read-templates.ts'
import { type AppChoices, planProject } from '../../../src/render/plan.ts'
import { renderProject, type ProjectFile, type ProjectFiles } from '../../../src/render/render.ts'
import { readCatalogue } from '../../../src/catalogue/catalogue.ts'
import { TEMPLATES as BUILT_IN } from '../../../src/create.ts'
import { makeApp } from '../catalogue.ts'

const TEMPLATES = readTemplates('templates')
const CATALOGUE = readCatalogue('templates') // a version of its own, or each release would change them all
const NAMES = CATALOGUE.topologies.map((topology) => topology.name)
const FEATURES = CATALOGUE.features.map((feature) => feature.name)

const OWN: OwnGraph = {
  nodes: {
    search: { kind: 'utility-process' },
    side: { kind: 'window' },
    worker: { kind: 'worker-window' },
    document: { kind: 'window', many: true },
  },
  links: {
    search: { from: 'app', to: 'search' },
    read: { from: 'document', to: 'search' },
    talk: { from: 'document', to: 'document' },
    view: { from: 'app', to: 'document' },
    'side-notes': { from: 'app', to: 'side' },
    jobs: { from: 'side', to: 'worker' },
    files: { from: 'search', to: 'main' },
    news: { from: 'main', to: 'side' },
  },
}

// Each topology alone, the richest combination with every feature, its skeleton, and a graph of one's own, alone and beside a demo.
const COMBINATIONS: [name: string, app: AppChoices][] = [
  ...NAMES.map((name): [string, AppChoices] => [name, makeApp([name])]),
  ['all', makeApp(NAMES, FEATURES)],
  ['skeleton', { ...makeApp(NAMES), demos: false }],
  ['own-graph', { ...makeApp([]), demos: false, own: OWN }],
  ...CATALOGUE.uis.map(({ name }): [string, AppChoices] => [
    `own-graph-in-${name}`,
    { ...makeApp([]), demos: false, ui: name, own: OWN },
  ]),
  [
    'own-links-at-demos',
    {
      ...makeApp(['renderer-bridge', 'utility-process', 'worker-window']),
      own: {
        nodes: { side: { kind: 'window' } },
        links: {
          'ask-worker': { from: 'side', to: 'worker' },
          'worker-news': { from: 'worker', to: 'main' },
          'ask-preview': { from: 'main', to: 'preview' },
          'preview-news': { from: 'preview', to: 'indexer' },
          'indexer-news': { from: 'indexer', to: 'side' },
        },
      },
    },
  ],
  [
    'own-graph-beside-demos',
    {
      ...makeApp(['main-port', 'utility-process']),
      own: {
        nodes: { search: { kind: 'utility-process' } },
        links: { search: { from: 'app', to: 'search' } },
      },
    },
  ],
]

describe.each(COMBINATIONS)('the project "%s"', (combination, app) => {
  const plan = planProject('my-app', app, CATALOGUE, '0.0.0') // a version of its own, or each release would change them all
  const files = renderProject(plan, TEMPLATES)

  it('equals its snapshot', async () => {
    await expect(describeFiles(files)).toMatchFileSnapshot(`../../snapshots/${combination}.txt`)
  })

  it('is the same by what the bundle holds of the templates', () => {
    expect(renderProject(plan, BUILT_IN)).toEqual(files)
  })

  it('holds the bytes of the templates where they are copied', () => {
    const copied = [...files].filter(([, { how }]) => how === 'copied')
    const changed = copied.filter(([path, file]) => !file.content.equals(readSource(file, path)))
    expect(copied.length).toBeGreaterThan(0)
    expect(changed.map(([path]) => path)).toEqual([])
  })
})

/** One line for each file, then the text of those that are more than copies. */
function describeFiles(files: ProjectFiles): string {
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const made = sorted.filter(([, { how }]) => how !== 'copied')
  return [
    ...sorted.map(([path, { from, how }]) => `${path} (${how} from ${from})`),
    ...made.map(([path, { content }]) => `\n===== ${path} =====\n${content}`),
    '',
  ].join('\n')
}

function readSource({ from }: ProjectFile, path: string): Buffer {
  const hidden = path.replaceAll(/(^|\/)\./g, '$1_')
  return readFileSync(join('templates', from, hidden))
}
