import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type BuildResult, build } from 'esbuild'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../templates/base/src/ports')

/** A tenth of it is what no failure is lost by: reactive state, errors, and which call failed. */
const LIMIT = 9 * 1024
const LINK = "export { ports } from './handoff/page'; export { Link, serve } from './link'"
const LIMIT_OF_HAND_OFF = 1150

/** What a page has to load, in bytes on its way, for some exports of the kernel, as it leaves the bundler of an app. */
async function bundle(exports: string) {
  const result = await build({
    stdin: { contents: exports, resolveDir: folder, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'chrome108',
    define: { 'import.meta.env.DEV': 'false' },
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const { contents, text } = result.outputFiles[0]!
  return {
    bytes: gzipSync(contents, { level: 9 }).length,
    text,
    foreign: foreignOf(result),
    warnings: result.warnings,
  }
}

/** What is not of the folder: files that went in, and imports that are left. */
function foreignOf({ metafile }: BuildResult): string[] {
  const inputs = Object.keys(metafile?.inputs ?? {}).filter((path) => path !== '<stdin>')
  const outside = inputs.filter((path) => relative(folder, path).startsWith('..'))
  const left = Object.values(metafile?.outputs ?? {}).flatMap(({ imports }) => imports)
  return [...outside, ...left.map(({ path }) => path)]
}

test('a link, and what serves one, are small', async () => {
  const { bytes } = await bundle(LINK)
  expect(bytes).toBeLessThanOrEqual(LIMIT)
})

test('the hand-off alone is smaller', async () => {
  const { bytes } = await bundle("export { ports } from './handoff/page'")
  expect(bytes).toBeLessThanOrEqual(LIMIT_OF_HAND_OFF)
})

test.each([
  ['a link', LINK],
  ['the hand-off', "export { ports } from './handoff/page'"],
])('%s needs nothing from outside its folder', async (_, exports) => {
  expect(await bundle(exports)).toMatchObject({ foreign: [], warnings: [] })
})

test('what is for development stays out of it', async () => {
  const { text } = await bundle(LINK)
  expect(text).not.toContain('import.meta')
})
