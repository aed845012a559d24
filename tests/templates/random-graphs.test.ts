import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { format } from 'prettier'
import { expect, it } from 'vitest'
import { checkGraph } from '../../src/graph/check-graph.ts'
import { APP, KINDS, MAIN, type OwnGraph } from '../../src/graph/graph.ts'
import { readCatalogue } from '../../src/catalogue/catalogue.ts'
import { readTemplates } from '../../src/catalogue/read-templates.ts'
import { VANILLA } from '../../src/catalogue/uis.ts'
import { planProject } from '../../src/render/plan.ts'
import { type ProjectFiles, renderProject } from '../../src/render/render.ts'
import { makeFolder } from '../folders.ts'
import { makeApp } from '../unit/catalogue.ts'
import { findLostImports } from '../unit/render/lost-imports.ts'

const CATALOGUE = readCatalogue('templates')
const TEMPLATES = readTemplates('templates')

const UIS = [VANILLA, ...CATALOGUE.uis.map(({ name: each }) => each)]

const repository = join(import.meta.dirname, '../..')
const OTHERS = { nodes: { app: APP, main: MAIN }, links: {} }

/** Words of the language, of the templates and of nobody, and as long as a name may be. */
const name = fc.oneof(
  fc
    .stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6}){0,2}$/)
    .filter((each) => each.length <= 24),
  fc.constantFrom(
    'class',
    'new',
    'default',
    'links',
    'show',
    'ports',
    'start',
    'serve',
    'a',
    'index',
  ),
  fc.constantFrom(
    'a-name-of-twentyfour-let',
    'b-name-of-twentyfour-let',
    'constructor',
    'object',
    'array',
  ),
)

const anyNode = fc
  .record({ kind: fc.constantFrom(...KINDS), isMany: fc.boolean() })
  .map(({ kind, isMany }) => ({ kind, ...(isMany && { many: true as const }) }))

/** Up to 12 nodes and 30 links. Not all of them are valid. */
const anyGraph: fc.Arbitrary<OwnGraph> = fc.uniqueArray(name, { maxLength: 10 }).chain((nodes) => {
  const end = fc.constantFrom('app', 'main', ...nodes)
  return fc.record({
    nodes: fc
      .tuple(...nodes.map(() => anyNode))
      .map((all) => Object.fromEntries(nodes.map((each, at) => [each, all[at]!]))),
    links: fc
      .uniqueArray(fc.tuple(name, end, end), { maxLength: 30, selector: ([each]) => each })
      .map((links) => Object.fromEntries(links.map(([each, from, to]) => [each, { from, to }]))),
  })
})

const validGraph = anyGraph.filter((own) => reasonAgainst(own) === undefined)

function reasonAgainst(own: OwnGraph): string | undefined {
  try {
    checkGraph(own, OTHERS)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

function render(own: OwnGraph, ui = VANILLA): ProjectFiles {
  const app = { ...makeApp([]), demos: false, ui, own }
  return renderProject(planProject('my-app', app, CATALOGUE, '0.0.0'), TEMPLATES)
}

it('every graph is valid, or refused with a sentence that names a node or a link of it', () => {
  fc.assert(
    fc.property(anyGraph, (own) => {
      const reason = reasonAgainst(own)
      if (reason === undefined) return
      const names = [...Object.keys(own.nodes), ...Object.keys(own.links)]
      expect(names.some((each) => reason.includes(`"${each}"`))).toBe(true)
    }),
    { numRuns: 500 },
  )
})

/** Each file that is rendered is as the project's own formatter would have it. */
async function expectToBeFormatted(files: ProjectFiles): Promise<void> {
  const style = JSON.parse(String(files.get('.prettierrc.json')?.content))
  const ignored = String(files.get('.prettierignore')?.content).split('\n')
  for (const [path, { content, how }] of files) {
    if (how !== 'rendered' || path === 'README.md' || ignored.includes(path)) continue
    const text = content.toString()
    expect(await format(text, { ...style, filepath: path })).toBe(text)
  }
}

it('every valid graph renders in any framework, is formatted, and every import leads somewhere', async () => {
  await fc.assert(
    fc.asyncProperty(validGraph, fc.constantFrom(...UIS), async (own, ui) => {
      const files = render(own, ui)
      expect(findLostImports(files)).toEqual([])
      await expectToBeFormatted(files)
    }),
    { numRuns: 25 },
  )
}, 300_000)

/** Names as long as they may be, and lines with one, two and three of them. */
const LONGEST: OwnGraph = {
  nodes: {
    ['a'.repeat(24)]: { kind: 'window' },
    ['b'.repeat(24)]: { kind: 'window', many: true },
    ['c'.repeat(24)]: { kind: 'utility-process' },
  },
  links: {
    ['d'.repeat(24)]: { from: 'a'.repeat(24), to: 'b'.repeat(24) },
    ['e'.repeat(24)]: { from: 'a'.repeat(24), to: 'c'.repeat(24) },
    f: { from: 'a'.repeat(24), to: 'b'.repeat(24) },
    ['g'.repeat(24)]: { from: 'app', to: 'main' },
  },
}

it.each(UIS)(
  'is formatted with the longest names, in %s',
  async (ui) => {
    checkGraph(LONGEST, OTHERS)
    await expectToBeFormatted(render(LONGEST, ui))
  },
  60_000,
)

it('is at most 40 lines for each link and its two ends', () => {
  fc.assert(
    fc.property(validGraph, (own) => {
      const files = render(own)
      for (const link of Object.keys(own.links)) {
        const lines = [...files]
          .filter(([path, { from }]) => {
            const isOfLink = /^skeleton\/(link$|from-|to-|within-)/.test(from)
            return isOfLink && path.startsWith('src/') && path.endsWith(`/${link}.ts`)
          })
          .flatMap(([, { content }]) => content.toString().trimEnd().split('\n'))
        expect(lines.length).toBeGreaterThan(10)
        expect(lines.length).toBeLessThanOrEqual(40)
      }
    }),
    { numRuns: 25 },
  )
})

it.each(
  fc.sample(validGraph, { numRuns: 6, seed: 20_261_128 }).map((own, at) => [at, own] as const),
)(
  'random graph %i passes its type check, its linter and its unit tests',
  (_, own) => {
    const project = makeFolder()
    for (const [path, { content }] of render(own)) {
      mkdirSync(dirname(join(project, path)), { recursive: true })
      writeFileSync(join(project, path), content)
    }
    symlinkSync(join(repository, 'node_modules'), join(project, 'node_modules'), 'junction')
    for (const script of ['typecheck', 'lint', 'test']) {
      const shell = process.platform === 'win32'
      const { status, stdout } = spawnSync('npm', ['run', script], { cwd: project, shell })
      expect({ script, status, problem: status === 0 ? '' : String(stdout) }).toEqual({
        script,
        status: 0,
        problem: '',
      })
    }
  },
  120_000,
)
