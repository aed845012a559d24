import { expect, it } from 'vitest'
import { drawForMermaid, drawForTerminal } from '../../../src/graph/diagram.ts'

const GRAPH = {
  nodes: {
    app: { kind: 'window', about: 'The page' },
    main: { kind: 'main', about: 'The main process' },
    indexer: { kind: 'utility-process', about: 'Works' },
  },
  links: {
    index: { from: 'app', to: 'indexer', about: 'Files' },
    processes: { from: 'app', to: 'main', about: 'Who runs' },
  },
}

it('draws one line a link for a terminal, each part below its like', () => {
  expect(drawForTerminal(GRAPH)).toEqual([
    'app (window) ── index ──────▶ indexer (utility process)',
    'app (window) ── processes ──▶ main (main process)',
  ])
})

it('leaves out what the nodes are where that would be too wide', () => {
  expect(drawForTerminal(GRAPH, 54)).toEqual([
    'app ── index ──────▶ indexer',
    'app ── processes ──▶ main',
  ])
})

it('fills what is short with dashes', () => {
  const links = { ...GRAPH.links, permits: { from: 'indexer', to: 'main', about: 'May it' } }
  expect(drawForTerminal({ ...GRAPH, links }, 40)).toEqual([
    'app ────── index ──────▶ indexer',
    'app ────── processes ──▶ main',
    'indexer ── permits ────▶ main',
  ])
})

it('draws a flowchart for Mermaid', () => {
  expect(drawForMermaid(GRAPH)).toBe(
    [
      'flowchart LR',
      '  app["app<br/>window"]',
      '  main["main<br/>main process"]',
      '  indexer["indexer<br/>utility process"]',
      '  app -- index --> indexer',
      '  app -- processes --> main',
    ].join('\n'),
  )
})

it('says of which nodes there are many', () => {
  const many = {
    nodes: {
      document: { kind: 'worker-window', many: true as const, about: '' },
      hub: { kind: 'utility-process', about: '' },
    },
    links: {
      docs: { from: 'document', to: 'hub', about: '' },
      talk: { from: 'document', to: 'document', about: '' },
    },
  }
  expect(drawForTerminal(many)).toEqual([
    'document (worker window, many) ── docs ──▶ hub (utility process)',
    'document (worker window, many) ── talk ──▶ document (worker window, many)',
  ])
  expect(drawForMermaid(many)).toBe(`flowchart LR
  document["document<br/>worker window, many"]
  hub["hub<br/>utility process"]
  document -- docs --> hub
  document -- talk --> document`)
})
