import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundle } from './bundle.ts'
import { UIS, renderUi } from './render-ui.ts'

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

test('there is one of each framework', () => {
  expect(ADAPTERS.map(([ui]) => ui)).toEqual(UIS)
})

test.each(ADAPTERS)(
  'a page in %s loads at most 9 KiB for a link, a call and a stream, beside the framework',
  async (ui, adapter, names) => {
    const exports = `${KERNEL}; export { ${names} } from '${adapter}'`
    const { bytes, imports } = await bundle(exports, join(renderUi(ui), 'src/renderer'))
    expect(bytes).toBeLessThanOrEqual(LIMIT)
    expect(imports.map((path) => path.replace(/[-/].*/, ''))).toEqual([ui])
  },
)

test.each(ADAPTERS)('the adapter of %s takes nothing of the kernel along', async (ui, adapter) => {
  const { files } = await bundle(`export * from '${adapter}'`, join(renderUi(ui), 'src/renderer'))
  expect(files.filter((file) => file.startsWith('..'))).toEqual([])
})
