import { expect, it } from 'vitest'
import { describePatch } from '../../../src/report/patch.ts'

it('shows the lines of a text with their tabs, and nothing that a terminal obeys', () => {
  const [before, after] = ['\ta\n\tb\n', '\ta\n\t\u001B[2J\n'].map((text) => Buffer.from(text))
  expect(describePatch('f.ts', ['your', before], ['the new', after])).toBe(
    '--- your f.ts\n+++ the new f.ts\n@@ -1,2 +1,2 @@\n \ta\n-\tb\n+\t\\x1b[2J\n',
  )
})
