import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renderUi } from './render-ui.ts'

const OXLINT = join(import.meta.dirname, '../../node_modules/oxlint/bin/oxlint')

/** Each with a component that breaks one of the rules of its framework. */
const BROKEN = [
  [
    'react',
    'react-hooks(rules-of-hooks)',
    'broken.tsx',
    `import { useLink } from './hooks'
     import type { LinkStatus } from '../ports/link'
     export function Broken({ link }: { link?: LinkStatus }) {
       return link ? <p>{useLink(link).state}</p> : undefined
     }`,
  ],
  [
    'react',
    'react-hooks(exhaustive-deps)',
    'broken.tsx',
    `import { useEffect } from 'react'
     import type { LinkStatus } from '../ports/link'
     export function Broken({ link }: { link: LinkStatus }) {
       useEffect(() => link.onChange(() => {}), [])
     }`,
  ],
  [
    'vue',
    'vue(no-lifecycle-after-await)',
    'broken.vue',
    `<script lang="ts">
     import { defineComponent, onMounted } from 'vue'
     export default defineComponent({
       async setup() {
         await Promise.resolve()
         onMounted(() => {})
       },
     })
     </script>`,
  ],
] as const

test.each(BROKEN)('the linter of a project in %s tells of %s', (ui, rule, file, code) => {
  const project = renderUi(ui)
  writeFileSync(join(project, 'src/renderer', file), code)
  const { status, stdout } = spawnSync(
    process.execPath,
    [OXLINT, '--deny-warnings', `src/renderer/${file}`],
    { cwd: project, encoding: 'utf8' },
  )
  expect(stdout).toContain(rule)
  expect(status).toBe(1)
})
