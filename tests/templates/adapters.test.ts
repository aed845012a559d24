import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { readCatalogue } from '../../src/catalogue/catalogue.ts'
import { readTemplates } from '../../src/catalogue/read-templates.ts'
import { planProject } from '../../src/render/plan.ts'
import { renderProject } from '../../src/render/render.ts'
import { makeFolder } from '../folders.ts'
import { makeApp } from '../unit/catalogue.ts'

const CATALOGUE = readCatalogue('templates')

/** What a page in a framework may load beside that and the kernel, in bytes on its way. */
const LIMIT = 1300

const ADAPTERS = [
  ['react', 'hooks.ts'],
  ['solid', 'primitives.ts'],
  ['svelte', 'links.svelte.ts'],
  ['vue', 'composables.ts'],
] as const

it('there is one of each framework', () => {
  expect(ADAPTERS.map(([ui]) => ui)).toEqual(CATALOGUE.uis.map(({ name }) => name))
})

it.each(ADAPTERS)(
  'the adapter of %s is small, and takes nothing of the kernel along',
  async (ui, file) => {
    const app = { ...makeApp([]), demos: false, ui }
    const plan = planProject('my-app', app, CATALOGUE, '0.0.0')
    const project = makeFolder()
    for (const [path, { content }] of renderProject(plan, readTemplates('templates'))) {
      mkdirSync(dirname(join(project, path)), { recursive: true })
      writeFileSync(join(project, path), content)
    }
    const { outputFiles, metafile } = await build({
      entryPoints: [join(project, 'src/renderer', file)],
      absWorkingDir: project,
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'chrome108',
      packages: 'external',
      metafile: true,
      write: false,
    })
    const inputs = Object.keys(metafile.inputs).filter((path) => path.startsWith('src/ports/'))
    expect(inputs).toEqual([])
    expect(gzipSync(outputFiles[0]!.contents, { level: 9 }).length).toBeLessThanOrEqual(LIMIT)
  },
)
