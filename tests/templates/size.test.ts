import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundle } from './bundle.ts'

const folder = join(import.meta.dirname, '../../templates/base/src/ports')

/** A tenth of it is what no failure is lost by: reactive state, errors, and which call failed. */
const LIMIT = 9 * 1024
const LINK = "export { ports } from './handoff/page'; export { Link, serve } from './link'"
const HAND_OFF = "export { ports } from './handoff/page'"
const LIMIT_OF_HAND_OFF = 1150

test('a link, and what serves one, are small', async () => {
  const { bytes } = await bundle(LINK, folder)
  expect(bytes).toBeLessThanOrEqual(LIMIT)
})

test('the hand-off alone is smaller', async () => {
  const { bytes } = await bundle(HAND_OFF, folder)
  expect(bytes).toBeLessThanOrEqual(LIMIT_OF_HAND_OFF)
})

test.each([
  ['a link', LINK],
  ['the hand-off', HAND_OFF],
])('%s needs nothing from outside its folder', async (_, exports) => {
  const { files, imports, warnings } = await bundle(exports, folder)
  expect(files.filter((file) => file.startsWith('..'))).toEqual([])
  expect(imports).toEqual([])
  expect(warnings).toEqual([])
})

test('what is for development stays out of it', async () => {
  const { text } = await bundle(LINK, folder)
  expect(text).not.toContain('import.meta')
  expect(text).not.toContain('was asked for')
})
