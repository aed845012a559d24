import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readCatalogue } from '../../src/catalogue/catalogue.ts'
import { readTemplates } from '../../src/catalogue/read-templates.ts'
import { planProject } from '../../src/render/plan.ts'
import { renderProject } from '../../src/render/render.ts'
import { makeFolder } from '../folders.ts'
import { makeApp } from '../unit/catalogue.ts'
import { bundle } from './bundle.ts'

const CATALOGUE = readCatalogue('templates')

/** What a page in a framework may load beside that: kernel and adapter, in bytes on their way. */
const LIMIT = 9 * 1024

const KERNEL = "export { ports } from '../ports/handoff/page'; export { Link } from '../ports/link'"

/** Each with what a page takes of it that shows its link, makes a call and reads a stream. */
const ADAPTERS = [
  ['react', './hooks', 'useLink, useCall, useStream'],
  ['solid', './primitives', 'createLinkState, createCall, createStream'],
  ['svelte', './links.svelte', 'useLink, useCall, useStream'],
  ['vue', './composables', 'useLink, useCall, useStream'],
] as const

/** The pages of a project in a framework. */
function makePages(ui: string): string {
  const app = { ...makeApp([]), demos: false, ui }
  const plan = planProject('my-app', app, CATALOGUE, '0.0.0')
  const project = makeFolder()
  for (const [path, { content }] of renderProject(plan, readTemplates('templates'))) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), content)
  }
  return join(project, 'src/renderer')
}

test('there is one of each framework', () => {
  expect(ADAPTERS.map(([ui]) => ui)).toEqual(CATALOGUE.uis.map(({ name }) => name))
})

test.each(ADAPTERS)(
  'a page in %s loads at most 9 KiB for a link, a call and a stream, beside the framework',
  async (ui, adapter, names) => {
    const exports = `${KERNEL}; export { ${names} } from '${adapter}'`
    const { bytes, imports } = await bundle(exports, makePages(ui))
    expect(bytes).toBeLessThanOrEqual(LIMIT)
    expect(imports.map((path) => path.replace(/[-/].*/, ''))).toEqual([ui])
  },
)

test.each(ADAPTERS)('the adapter of %s takes nothing of the kernel along', async (ui, adapter) => {
  const { files } = await bundle(`export * from '${adapter}'`, makePages(ui))
  expect(files.filter((file) => file.startsWith('..'))).toEqual([])
})
