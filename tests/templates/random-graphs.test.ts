import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { format } from 'prettier'
import { expect, it } from 'vitest'
import { checkGraph } from '../../src/graph/check-graph.ts'
import { APP, KINDS, MAIN, type OwnGraph } from '../../src/graph/graph.ts'
import { readTemplates } from '../../src/catalogue/read-templates.ts'
import { planProject } from '../../src/render/plan.ts'
import { type ProjectFiles, renderProject } from '../../src/render/render.ts'
import { makeFolder } from '../folders.ts'
import { makeApp } from '../unit/catalogue.ts'
import { findLostImports } from '../unit/render/lost-imports.ts'

const TEMPLATES = readTemplates('templates')

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

function render(own: OwnGraph): ProjectFiles {
  const app = { ...makeApp([]), demos: false, own }
  return renderProject(
    planProject('my-app', app, { topologies: [], features: [], uis: [] }, '0.0.0'),
    TEMPLATES,
  )
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

it('every valid graph renders, is formatted, and every import leads somewhere', async () => {
  await fc.assert(
    fc.asyncProperty(validGraph, async (own) => {
      const files = render(own)
      expect(findLostImports(files)).toEqual([])
      const style = JSON.parse(String(files.get('.prettierrc.json')?.content))
      const ignored = String(files.get('.prettierignore')?.content).split('\n')
      for (const [path, { content, how }] of files) {
        if (how !== 'rendered' || path === 'README.md' || ignored.includes(path)) continue
        const text = content.toString()
        expect(await format(text, { ...style, filepath: path })).toBe(text)
      }
    }),
    { numRuns: 25 },
  )
}, 120_000)

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
