import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCatalogue } from '../../../src/catalogue/catalogue.ts'
import { type Contents, mergeProject } from '../../../src/merge/merge-project.ts'
import { readTemplates } from '../../../src/catalogue/read-templates.ts'
import { type AppChoices, planProject } from '../../../src/render/plan.ts'
import { renderProject } from '../../../src/render/render.ts'
import { KINDS, type Kind } from '../../../src/graph/graph.ts'
import { makeApp } from '../catalogue.ts'
import { setsOf } from '../topology-sets.ts'
import { newUserFiles } from './user-files.ts'

const TEMPLATES = readTemplates('templates')
const CATALOGUE = readCatalogue('templates')
const NAMES = CATALOGUE.topologies.map(({ name }) => name)

function render(app: AppChoices): Contents {
  const files = renderProject(planProject('my-app', app, CATALOGUE, '0.0.0'), TEMPLATES)
  return new Map([...files].map(([path, { content }]) => [path, content]))
}

/** What a project becomes when its template goes from `base` to `theirs`; undefined on a conflict. */
function grow(ours: Contents, base: Contents, theirs: Contents): Contents | undefined {
  const grown = new Map(ours)
  for (const { path, from, outcome, content } of mergeProject(base, theirs, newUserFiles(ours))) {
    if (outcome === 'conflict') return undefined
    if (outcome === 'removed') grown.delete(path)
    if (from !== undefined) grown.delete(from)
    if (content) grown.set(path, content)
  }
  return grown
}

/** A user's lines between those of the template, and files of their own. */
function withEdits(
  project: Contents,
  edits: [file: number, line: number, text: string][],
): Contents {
  const edited = new Map(project)
  const paths = [...project.keys()].filter((path) => /\.(ts|md|css)$/.test(path))
  for (const [file, line, text] of edits) {
    const path = paths[file % paths.length] ?? ''
    const lines = String(edited.get(path)).split('\n')
    lines.splice(line % lines.length, 0, `// ${text}`)
    edited.set(path, Buffer.from(lines.join('\n')))
    edited.set(`src/own-${file}.ts`, Buffer.from(text))
  }
  return edited
}

const textsOf = (contents: Contents | undefined): object =>
  Object.fromEntries([...(contents ?? [])].map(([path, content]) => [path, String(content)]))

type Addition = (app: AppChoices) => AppChoices

const addTopology =
  (name: string): Addition =>
  (app) => ({ ...app, topologies: new Set([...app.topologies, name]) })

const addNode =
  (kind: Kind): Addition =>
  ({ own, ...app }) => ({ ...app, own: { ...own, nodes: { ...own.nodes, mine: { kind } } } })

const addLink: Addition = ({ own, ...app }) => ({
  ...app,
  own: { ...own, links: { ...own.links, mine: { from: 'app', to: 'main' } } },
})

/** What is added to an app, whatever it has: a topology, a node, or a link. */
const additions = fc.oneof(
  fc.constantFrom(...NAMES).map(addTopology),
  fc.constantFrom(...KINDS).map(addNode),
  fc.constant(addLink),
)

const edits = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.string({ maxLength: 20 })), {
  maxLength: 12,
})
const some = fc.subarray(NAMES, { minLength: 1 })

it('what was added and removed again leaves a user’s project as it was, byte for byte', () => {
  let conflicts = 0
  fc.assert(
    fc.property(some, additions, edits, (had, add, changes) => {
      const app = makeApp(had)
      const [before, after] = [render(app), render(add(app))]
      const ours = withEdits(before, changes)
      const grown = grow(ours, before, after)
      // Where both add a line at the same place, it is the user's to choose.
      if (!grown) return void (conflicts += 1)
      const back = grow(grown, after, before)
      expect(textsOf(back)).toEqual(textsOf(ours))
    }),
    { numRuns: 40 },
  )
  expect(conflicts).toBeLessThan(20)
}, 60_000)

/** Adds topologies to a project one at a time. */
function growBy(names: string[], app: AppChoices, ours: Contents): Contents | undefined {
  const [name, ...rest] = names
  if (name === undefined) return ours
  const more = addTopology(name)(app)
  const grown = grow(ours, render(app), render(more))
  return grown && growBy(rest, more, grown)
}

it('topologies that are added in any order make the same project, with all that its user wrote', () => {
  let conflicts = 0
  const orders = fc
    .tuple(fc.shuffledSubarray(NAMES, { minLength: 3 }), fc.nat())
    .map(([[first = '', ...rest], turn]) => {
      const at = turn % rest.length
      return { first, one: rest, other: [...rest.slice(at), ...rest.slice(0, at)].toReversed() }
    })
  fc.assert(
    fc.property(orders, edits, ({ first, one, other }, changes) => {
      const app = makeApp([first])
      const ours = withEdits(render(app), changes)
      const [left, right] = [growBy(one, app, ours), growBy(other, app, ours)]
      if (!left || !right) return void (conflicts += 1)
      expect(textsOf(left)).toEqual(textsOf(right))
    }),
    { numRuns: 15 },
  )
  expect(conflicts).toBeLessThan(8)
}, 60_000)

it('a project that grows by one topology, to each pair and to all, equals one that is made at once', () => {
  for (const names of setsOf(NAMES).filter((each) => each.length > 1)) {
    const whole = render(makeApp(names))
    for (const last of names) {
      const before = render(makeApp(names.filter((name) => name !== last)))
      expect(textsOf(grow(before, before, whole))).toEqual(textsOf(whole))
    }
  }
}, 60_000)
