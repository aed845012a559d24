import { dirname, join } from 'node:path/posix'
import { describe, expect, it } from 'vitest'
import { readCatalogue } from '../../../src/catalogue/catalogue.ts'
import { readTemplates } from '../../../src/catalogue/read-templates.ts'
import { checkApp } from '../../../src/command-line/app-choices.ts'
import { type AppChoices, planProject } from '../../../src/render/plan.ts'
import { type ProjectFiles, renderProject } from '../../../src/render/render.ts'
import { makeApp } from '../catalogue.ts'
import { findLostImports } from './lost-imports.ts'

const CATALOGUE = readCatalogue('templates')
const TEMPLATES = readTemplates('templates')

/** Every node of a demo, and whether a link of one's own goes to it or comes from it. */
const ENDS = CATALOGUE.topologies.flatMap(({ name, nodes }) =>
  Object.entries(nodes).flatMap(([node, { plain = false }]) =>
    (['to', 'from'] as const).map((direction) => ({ topology: name, node, direction, plain })),
  ),
)

function choose({ topology, node, direction }: (typeof ENDS)[number]): AppChoices {
  const link = direction === 'to' ? { from: 'side', to: node } : { from: node, to: 'side' }
  const own = { nodes: { side: { kind: 'window' as const } }, links: { own: link } }
  return checkApp({ ...makeApp([topology]), own }, CATALOGUE)
}

/** The files that start links of one's own, and are imported by none. */
function findDeadLinks(files: ProjectFiles): string[] {
  const imported = new Set(
    [...files].flatMap(([path, { content }]) =>
      [...String(content).matchAll(/from '(\.[^']*)'/g)].map(([, to = '']) =>
        join(dirname(path), `${to}.ts`),
      ),
    ),
  )
  return [...files.keys()].filter((path) => path.endsWith('/links.ts') && !imported.has(path))
}

describe('a link of one’s own beside demos', () => {
  it.each(ENDS.filter(({ plain }) => !plain))(
    'is started where it goes $direction "$node" of $topology',
    (end) => {
      const files = renderProject(planProject('my-app', choose(end), CATALOGUE, '0.0.0'), TEMPLATES)
      expect(findDeadLinks(files)).toEqual([])
      expect(findLostImports(files)).toEqual([])
    },
  )

  it.each(ENDS.filter(({ plain }) => plain))(
    'cannot go $direction "$node", which has no bundler',
    (end) => {
      expect(() => choose(end)).toThrow(`The link "own" cannot end at "${end.node}"`)
    },
  )
})
