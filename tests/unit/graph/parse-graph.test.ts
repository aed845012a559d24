import { expect, it } from 'vitest'
import { collectNamed, parseLink, parseNode } from '../../../src/graph/parse-graph.ts'

it('reads a node and a link', () => {
  expect(parseNode('search:utility-process')).toEqual(['search', { kind: 'utility-process' }])
  expect(parseNode('document:window:many')).toEqual(['document', { kind: 'window', many: true }])
  expect(parseLink('find:app:search')).toEqual(['find', { from: 'app', to: 'search' }])
})

it.each(['search', 'search:', ':window', 'a:window:b', 'a:window:', 'a:window:many:x', ''])(
  'refuses %j as a node',
  (text) => {
    expect(() => parseNode(text)).toThrow(`The node "${text}" is not NAME:KIND.`)
  },
)

it.each(['find', 'find:app', 'find:app:', ':a:b', 'find:a:b:c'])('refuses %j as a link', (text) => {
  expect(() => parseLink(text)).toThrow(`The link "${text}" is not NAME:FROM:TO.`)
})

it('names the kind that a slip may mean', () => {
  expect(() => parseNode('search:utilty-process')).toThrow(
    'Kind of node "utilty-process" is unknown. Did you mean "utility-process"? Known: window, worker-window, utility-process.',
  )
  expect(() => parseNode('search:main')).toThrow('Kind of node "main" is unknown.')
  expect(() => parseNode('note:view:many')).toThrow(
    'A node of your own cannot be a "view", which needs code that places it in a window. Take "window", or --topology tabs, which has such code.',
  )
})

it('refuses a name that is given twice', () => {
  const twice = [parseNode('a:window'), parseNode('a:window')]
  expect(() => collectNamed('node', twice)).toThrow('The node "a" is given twice. Name it once.')
})
