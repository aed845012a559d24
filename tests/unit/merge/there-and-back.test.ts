import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCatalogue } from '../../../src/catalogue/catalogue.ts'
import { type Contents, mergeProject } from '../../../src/merge/merge-project.ts'
import { readTemplates } from '../../../src/catalogue/read-templates.ts'
import { type AppChoices, planProject } from '../../../src/render/plan.ts'
import { renderProject } from '../../../src/render/render.ts'
import { makeApp } from '../catalogue.ts'
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
  for (const { path, outcome, content } of mergeProject(base, theirs, newUserFiles(ours))) {
    if (outcome === 'conflict') return undefined
    if (outcome === 'removed') grown.delete(path)
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

const some = fc.record({
  had: fc.subarray(NAMES, { minLength: 1 }),
  more: fc.constantFrom(...NAMES),
  edits: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.string({ maxLength: 20 })), { maxLength: 12 }),
})

it('what was added and removed again leaves a user’s project as it was, byte for byte', () => {
  let conflicts = 0
  fc.assert(
    fc.property(some, ({ had, more, edits }) => {
      fc.pre(!had.includes(more))
      const [before, after] = [render(makeApp(had)), render(makeApp([...had, more]))]
      const ours = withEdits(before, edits)
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
