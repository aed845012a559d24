import { expect, it } from 'vitest'
import { readCatalogue } from '../../../src/catalogue/catalogue.ts'
import { readTemplates } from '../../../src/catalogue/read-templates.ts'
import type { OwnGraph } from '../../../src/graph/graph.ts'
import { type AppChoices, type Project, planProject } from '../../../src/render/plan.ts'
import { renderProject } from '../../../src/render/render.ts'
import { listFirstFiles } from '../../../src/report/first-files.ts'
import { makeApp } from '../catalogue.ts'

const CATALOGUE = readCatalogue('templates')

const plan = (app: AppChoices): Project => planProject('my-app', app, CATALOGUE, '0.0.0')

const withOwn = (own: Partial<OwnGraph>, app = makeApp([])): Project =>
  plan({ ...app, own: { ...app.own, ...own } })

const SEARCH = { search: { kind: 'utility-process' as const } }

/** Each in one line, with the paths of its files. All of them are in the project. */
function describe(before: Project, after: Project): string[] {
  const files = renderProject(after, readTemplates('templates'))
  return listFirstFiles(before, after).map(({ what, name, files: first }) => {
    for (const { path } of first) expect([...files.keys()]).toContain(path)
    return `${what} ${name}: ${first.map(({ path }) => path).join(', ')}`
  })
}

it('names the file of a new node, by its kind', () => {
  const nodes = { ...SEARCH, side: { kind: 'window' as const } }
  expect(describe(withOwn({}), withOwn({ nodes }))).toEqual([
    'node search: src/utility/search.ts',
    'node side: src/renderer/side/main.ts',
  ])
})

it('names the contract of a new link, who answers it, and who asks', () => {
  const before = withOwn({ nodes: SEARCH })
  const links = { find: { from: 'app', to: 'search' }, log: { from: 'search', to: 'main' } }
  expect(describe(before, withOwn({ nodes: SEARCH, links }))).toEqual([
    'link find: src/contracts/find.ts, src/utility/search/links/find.ts, src/renderer/app/links/find.ts',
    'link log: src/contracts/log.ts, src/main/links/log.ts, src/utility/search/links/log.ts',
  ])
})

it('names the demo and the contracts of a new topology', () => {
  const before = plan(makeApp(['main-port']))
  expect(describe(before, plan(makeApp(['main-port', 'worker-window'])))).toEqual([
    'topology worker-window: src/renderer/app/demos/worker-window/index.ts, src/contracts/jobs.ts',
  ])
})

it('names nothing where something was only removed', () => {
  const after = { ...makeApp(['main-port', 'worker-window']), demos: false }
  expect(describe(plan({ ...after, demos: true }), plan(after))).toEqual([])
})
