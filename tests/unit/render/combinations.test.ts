import { format } from 'prettier'
import { expect, it } from 'vitest'
import { readTemplates } from '../../../src/catalogue/read-templates.ts'
import { planProject } from '../../../src/render/plan.ts'
import { renderProject, type ProjectFiles } from '../../../src/render/render.ts'
import { readCatalogue } from '../../../src/catalogue/catalogue.ts'
import { makeApp } from '../catalogue.ts'
import { setsOf } from '../topology-sets.ts'
import { findLostImports } from './lost-imports.ts'

const TEMPLATES = readTemplates('templates')
const CATALOGUE = readCatalogue('templates')

const NAMES = CATALOGUE.topologies.map(({ name }) => name)

const SETS = setsOf(NAMES)
const FEATURES = CATALOGUE.features.map(({ name }) => name)

/** Each set, without features and with all of them. */
const COMBINATIONS = SETS.flatMap((names) => [
  [names.join(', '), names, [] as string[]] as const,
  [`${names.join(', ')} with ${FEATURES.join(', ')}`, names, FEATURES] as const,
])

function render(names: string[], features: string[]): ProjectFiles {
  const app = makeApp(names, features)
  return renderProject(planProject('my-app', app, CATALOGUE, '0.0.0'), TEMPLATES)
}

const textOf = (files: ProjectFiles, path: string): string =>
  files.get(path)?.content.toString() ?? ''

it('every topology is alone, beside each other one, and with all', () => {
  const count = NAMES.length
  expect(new Set(SETS.map((names) => names.join())).size).toBe(1 + (count * (count + 1)) / 2)
})

it.each(COMBINATIONS)(
  '%s: all nodes, links and demos in one project, and every import leads somewhere',
  (_, names, features) => {
    const files = render(names, features)
    const topology = textOf(files, 'src/topology.ts')
    const demos = textOf(files, 'src/renderer/app/demos.ts')
    const chosen = CATALOGUE.topologies.filter((each) => names.includes(each.name))
    for (const { nodes, links, name } of chosen) {
      for (const node of Object.keys(nodes)) expect(topology).toMatch(`\n  ${node}: { kind:`)
      for (const [link, { from, to }] of Object.entries(links)) {
        expect(topology).toMatch(new RegExp(`'?${link}'?: { from: '${from}', to: '${to}' }`))
      }
      expect(demos).toContain(`'./demos/${name}'`)
    }
    expect(findLostImports(files)).toEqual([])
  },
)

/** What was seen to be formatted, by path: most files are the same in many projects. */
const formatted = new Map<string, Set<string>>()

it.each(COMBINATIONS)(
  '%s: what was rendered is formatted as its own formatter would',
  async (_, names, features) => {
    const files = render(names, features)
    const style = JSON.parse(textOf(files, '.prettierrc.json'))
    for (const [path, { content, how }] of files) {
      const text = content.toString()
      if (how !== 'rendered' || formatted.get(path)?.has(text)) continue
      expect(await format(text, { ...style, filepath: path })).toBe(text)
      formatted.set(path, (formatted.get(path) ?? new Set()).add(text))
    }
  },
)
