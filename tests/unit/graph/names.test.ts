import { expect, test } from 'vitest'
import { toScheme } from '../../../src/graph/names.ts'

test.each([
  ['my-app', 'my-app'],
  ['notes.io', 'notes.io'],
  ['my_app', 'my-app'],
  ['7up', 'app-7up'],
  ['-x', 'app--x'],
  ['app', 'app-app'],
  ['https', 'app-https'],
  ['file', 'app-file'],
  ['filer', 'filer'],
])('links to the app "%s" begin with "%s:"', (name, scheme) => {
  expect(toScheme(name)).toBe(scheme)
  expect(new URL(`${scheme}://open`).protocol).toBe(`${scheme}:`)
})
