import { describe, expect, it } from 'vitest'
import { checkGraph } from '../../../src/graph/check-graph.ts'
import { APP, type Graph, MAIN, NO_GRAPH, type OwnGraph } from '../../../src/graph/graph.ts'

const OTHERS: Graph = {
  nodes: {
    app: APP,
    main: MAIN,
    worker: { kind: 'worker-window', about: '' },
    gauge: { kind: 'window', about: '', plain: true },
  },
  links: {
    jobs: {
      from: 'app',
      to: 'worker',
      about: '',
      contract: { file: 'jobs', to: 'Jobs', from: 'Boss' },
    },
    desk: { from: 'app', to: 'main', about: '', contract: { file: 'counter', to: 'Counter' } },
  },
}

const withNode = (name: string): OwnGraph => ({
  ...NO_GRAPH,
  nodes: { [name]: { kind: 'window' } },
})
const withLink = (name: string, from = 'app', to = 'worker'): OwnGraph => ({
  ...NO_GRAPH,
  links: { [name]: { from, to } },
})

it.each(['search', 'a', 'side-view', 'x1', 'y-2', 'a-name-of-twentyfour-let', 'new', 'class'])(
  'takes "%s" as a name of a node, and of a link',
  (name) => {
    expect(() => checkGraph(withNode(name), OTHERS)).not.toThrow()
    expect(() => checkGraph(withLink(name), OTHERS)).not.toThrow()
  },
)

it('takes a link of a node to itself where there are many of it', () => {
  const nodes = { document: { kind: 'window' as const, many: true as const } }
  const links = { talk: { from: 'document', to: 'document' } }
  expect(() => checkGraph({ nodes, links }, OTHERS)).not.toThrow()
  const document = { kind: 'window', many: true as const, about: '' }
  const others = { ...OTHERS, nodes: { ...OTHERS.nodes, document } }
  expect(() => checkGraph({ nodes: {}, links }, others)).not.toThrow()
})

it.each([
  ['app', 'worker'],
  ['worker', 'app'],
  ['app', 'main'],
  ['main', 'worker'],
])('takes a link from %s to %s', (from, to) => {
  expect(() => checkGraph(withLink('search', from, to), OTHERS)).not.toThrow()
})

describe('refuses a name that', () => {
  it.each([
    '',
    'Search',
    'my search',
    'a_b',
    '-a',
    'a-',
    'a--b',
    '1st',
    'é',
    '../x',
    'a'.repeat(25),
    '__proto__',
  ])('cannot be one of a file and in code: %j', (name) => {
    const nodes = Object.fromEntries([[name, { kind: 'window' as const }]])
    expect(() => checkGraph({ ...NO_GRAPH, nodes }, OTHERS)).toThrow(
      `The node ${JSON.stringify(name)} has a name that cannot be one of a file and in code. Take up to 24`,
    )
  })

  it.each(['public', 'assets', 'con', 'nul', 'com1'])('is taken on the disk: %s', (name) => {
    expect(() => checkGraph(withNode(name), OTHERS)).toThrow(`A node cannot be called "${name}"`)
  })

  it.each(['promise', 'async-iterable', 'link', 'node-name', 'jobs', 'boss', 'counter'])(
    'a type or another contract has: %s',
    (name) => {
      const others = {
        ...OTHERS,
        links: { work: OTHERS.links['jobs']!, desk: OTHERS.links['desk']! },
      }
      expect(() => checkGraph(withLink(name), others)).toThrow(`A link cannot be called "${name}"`)
    },
  )

  it('a topology has', () => {
    expect(() => checkGraph(withNode('worker'), OTHERS)).toThrow(
      'There is a node "worker" already.',
    )
    expect(() => checkGraph(withNode('main'), OTHERS)).toThrow('There is a node "main" already.')
    expect(() => checkGraph(withLink('jobs'), OTHERS)).toThrow('There is a link "jobs" already.')
  })

  it('is the same in code as another', () => {
    const nodes = { 'x-1': { kind: 'window' as const }, x1: { kind: 'window' as const } }
    expect(() => checkGraph({ ...NO_GRAPH, nodes }, OTHERS)).toThrow(
      'The nodes "x-1" and "x1" would have one name in code.',
    )
  })
})

describe('refuses a link', () => {
  it('to a node that is not there, and says which it may mean', () => {
    expect(() => checkGraph(withLink('search', 'app', 'wroker'), OTHERS)).toThrow(
      'The link "search" names a node that is not there. Node "wroker" is unknown. Did you mean "worker"? Known: app, main, worker, gauge.',
    )
  })

  it('to what every object has', () => {
    expect(() => checkGraph(withLink('search', 'app', 'constructor'), OTHERS)).toThrow(
      'The link "search" names a node that is not there.',
    )
  })

  it('of a node to itself', () => {
    expect(() => checkGraph(withLink('search', 'app', 'app'), OTHERS)).toThrow(
      'The link "search" goes from "app" to itself.',
    )
  })

  it('of a page that has no bundler', () => {
    expect(() => checkGraph(withLink('search', 'gauge', 'app'), OTHERS)).toThrow(
      'The link "search" cannot end at "gauge"',
    )
  })
})
