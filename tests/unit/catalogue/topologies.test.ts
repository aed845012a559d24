import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readTopologies, type Topology } from '../../../src/catalogue/topologies.ts'

const CATALOGUE = readTopologies('templates')

const ONE_LINE = /^[A-Z].+$/
/** It follows "Choose it". */
const CLAUSE = /^[a-z].+\.$/

it('knows every topology, sorted by name', () => {
  const names = CATALOGUE.map((topology) => topology.name)
  expect(names).toEqual(readdirSync('templates/topologies').toSorted())
})

describe.each(CATALOGUE)('$name', (topology) => {
  it('says in one line what it is for', () => {
    expect(topology.title).toMatch(ONE_LINE)
    expect(topology.summary).toMatch(ONE_LINE)
  })

  it('says when to choose it, and when to choose another', () => {
    expect(topology.choose).toMatch(CLAUSE)
    expect(topology.avoid).toMatch(CLAUSE)
  })

  it('has nodes of a known kind, each with a line about it', () => {
    const nodes = Object.values(topology.nodes)
    expect(nodes.length).toBeGreaterThan(0)
    for (const { kind, about } of nodes) {
      expect(['window', 'worker-window', 'view', 'utility-process', 'main']).toContain(kind)
      expect(about).toMatch(ONE_LINE)
    }
  })

  it('has links between nodes of its own, each with a line about it', () => {
    const links = Object.values(topology.links)
    expect(links.length).toBeGreaterThan(0)
    for (const { from, to, about } of links) {
      expect(Object.keys(topology.nodes)).toEqual(expect.arrayContaining([from, to]))
      expect(about).toMatch(ONE_LINE)
    }
  })

  it('has the interfaces that its links are said to be served by', () => {
    for (const { contract } of Object.values(topology.links)) {
      if (!contract) continue
      const path = `templates/topologies/${topology.name}/src/contracts/${contract.file}.ts`
      const interfaces = readFileSync(path, 'utf8').matchAll(/^export interface (\w+)/gm)
      const names = [...interfaces].map(([, name]) => name)
      expect(names).toEqual(expect.arrayContaining([contract.to, contract.from ?? contract.to]))
    }
  })

  it('has the fields of a topology and no other', () => {
    const fields: (keyof Topology)[] = [
      'avoid',
      'choose',
      'files',
      'links',
      'name',
      'nodes',
      'readme',
      'summary',
      'title',
    ]
    expect(Object.keys(topology).toSorted()).toEqual(fields)
  })
})
