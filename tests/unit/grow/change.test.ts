import { describe, expect, it } from 'vitest'
import { type Change, readAddition, readRemoval } from '../../../src/grow/change.ts'
import type { AppChoices } from '../../../src/render/plan.ts'
import { CATALOGUE, PACKAGING, makeApp } from '../catalogue.ts'

const APP: AppChoices = {
  ...makeApp(['main-port']),
  own: {
    nodes: { search: { kind: 'utility-process' }, side: { kind: 'window' } },
    links: { find: { from: 'app', to: 'search' } },
  },
}

const apply = (change: Change, app = APP): AppChoices => change(app, CATALOGUE)

describe('add', () => {
  it('adds topologies, nodes and links', () => {
    expect([...apply(readAddition(['worker-window'])).topologies]).toEqual([
      'main-port',
      'worker-window',
    ])
    expect(apply(readAddition(['node', 'store:utility-process', 'log:window'])).own.nodes).toEqual({
      ...APP.own.nodes,
      store: { kind: 'utility-process' },
      log: { kind: 'window' },
    })
    expect(apply(readAddition(['link', 'news:search:side'])).own.links).toEqual({
      ...APP.own.links,
      news: { from: 'search', to: 'side' },
    })
  })

  it.each<[string[], string]>([
    [['main-port'], 'Topology "main-port" is given twice.'],
    [['main-prt'], 'Topology "main-prt" is unknown. Did you mean "main-port"?'],
    [['node', 'search:window'], 'The node "search" is given twice.'],
    [['node', 'app:window'], 'There is a node "app" already.'],
    [['node', 'search'], 'The node "search" is not NAME:KIND.'],
    [['link', 'find:app:side'], 'The link "find" is given twice.'],
    [
      ['link', 'news:app:sied'],
      'The link "news" names a node that is not there. Node "sied" is unknown.',
    ],
    [[], '"add" says nothing. Name what, such as "add main-port".'],
    [['node'], '"add node" says nothing.'],
  ])('refuses %j by name', (words, message) => {
    expect(() => apply(readAddition(words))).toThrow(message)
  })
})

describe('remove', () => {
  it('removes topologies, nodes, links and demos', () => {
    expect(apply(readRemoval(['main-port']))).toEqual({
      ...APP,
      topologies: new Set(),
      demos: false,
    })
    expect(apply(readRemoval(['link', 'find'])).own.links).toEqual({})
    expect(apply(readRemoval(['node', 'side'])).own.nodes).toEqual({
      search: { kind: 'utility-process' },
    })
    expect(apply(readRemoval(['demos']))).toEqual({ ...APP, demos: false })
  })

  it.each<[string[], string]>([
    [['worker-window'], 'Topology or feature of this project "worker-window" is unknown.'],
    [['node', 'serch'], 'Node of your own "serch" is unknown. Did you mean "search"?'],
    [
      ['node', 'search'],
      'The node "search" is an end of the link "find". Remove that first: remove link find',
    ],
    [['node', 'app'], 'Node of your own "app" is unknown.'],
    [['link', 'toString'], 'Link "toString" is unknown.'],
    [[], '"remove" says nothing.'],
  ])('refuses %j by name', (words, message) => {
    expect(() => apply(readRemoval(words))).toThrow(message)
  })

  it('refuses a topology whose node a link of one’s own names', () => {
    const own = { nodes: {}, links: { more: { from: 'app', to: 'worker' } } }
    const app = { ...makeApp(['worker-window']), own }
    expect(() => apply(readRemoval(['worker-window']), app)).toThrow(
      'The link "more" names a node that is not there. Node "worker" is unknown.',
    )
  })

  it('refuses the demos of a project that has none', () => {
    expect(() => apply(readRemoval(['demos']), { ...APP, demos: false })).toThrow(
      'This project has no demos.',
    )
  })
})

describe('features', () => {
  const catalogue = { ...CATALOGUE, features: [PACKAGING] }
  const having = makeApp(['main-port'], ['packaging'])
  const lacking = makeApp(['main-port'])

  it('are added and removed as topologies are, and beside them', () => {
    const added = readAddition(['packaging', 'worker-window'])(lacking, catalogue)
    expect(added).toEqual(makeApp(['main-port', 'worker-window'], ['packaging']))
    expect(readRemoval(['packaging'])(having, catalogue)).toEqual(lacking)
  })

  it('are refused by name where they are there already, or are not', () => {
    expect(() => readAddition(['packaging'])(having, catalogue)).toThrow(
      'Feature "packaging" is given twice.',
    )
    expect(() => readRemoval(['packaging'])(lacking, catalogue)).toThrow(
      'Topology or feature of this project "packaging" is unknown.',
    )
  })
})

it('leaves a project its framework, and says how to have another', () => {
  for (const change of [readAddition(['react']), readRemoval(['react'])]) {
    expect(() => change(APP, CATALOGUE)).toThrow(
      'To have them in "react", make a new project of the same choices, but for "ui": "react" in a copy of electron-ports.json, by --from;',
    )
  }
  const inReact = { ...APP, demos: false, ui: 'react' }
  expect(readAddition(['node', 'tray:window'])(inReact, CATALOGUE)).toMatchObject({
    ui: 'react',
    demos: false,
  })
})
