import { expect, it } from 'vitest'
import { mergeManifest } from '../../../src/merge/merge-manifest.ts'

const text = (value: object, indent: number | string = 2): string =>
  `${JSON.stringify(value, null, indent)}\n`

const BASE = {
  name: 'app',
  scripts: { build: 'vite build', test: 'vitest' },
  devDependencies: { electron: '^45.0.0', vite: '^8.0.0' },
}

it('takes a dependency of either side, and keeps them sorted', () => {
  const ours = { ...BASE, devDependencies: { ...BASE.devDependencies, zod: '^4.0.0' } }
  const theirs = {
    ...BASE,
    devDependencies: { electron: '^45.0.0', rxjs: '^7.0.0', vite: '^8.1.0' },
  }
  expect(mergeManifest(text(ours), text(BASE), text(theirs))).toEqual({
    text: text({
      ...BASE,
      devDependencies: { electron: '^45.0.0', rxjs: '^7.0.0', vite: '^8.1.0', zod: '^4.0.0' },
    }),
    conflicts: [],
  })
})

it('puts a new script behind the one that it follows in the template', () => {
  const ours = { ...BASE, scripts: { ...BASE.scripts, mine: 'x' } }
  const theirs = { ...BASE, scripts: { build: 'vite build', package: 'pack', test: 'vitest' } }
  const { text: merged } = mergeManifest(text(ours), text(BASE), text(theirs))
  expect(Object.keys(JSON.parse(merged).scripts)).toEqual(['build', 'package', 'test', 'mine'])
})

it('drops what the template has dropped, unless the user changed it', () => {
  const ours = { ...BASE, scripts: { build: 'mine', test: 'vitest' } }
  const { scripts: _, ...theirs } = { ...BASE }
  const { text: merged, conflicts } = mergeManifest(text(ours), text(BASE), text(theirs))
  expect(JSON.parse(merged).scripts).toEqual(ours.scripts)
  expect(conflicts).toEqual([
    '"scripts" is {"build":"mine","test":"vitest"} here and gone in the template',
  ])
  expect(JSON.parse(mergeManifest(text(BASE), text(BASE), text(theirs)).text)).toEqual(theirs)
})

it('leaves the user’s value where both changed it, and says so', () => {
  const ours = { ...BASE, scripts: { ...BASE.scripts, test: 'mine' } }
  const theirs = { ...BASE, scripts: { ...BASE.scripts, test: 'vitest run' } }
  expect(mergeManifest(text(ours), text(BASE), text(theirs))).toEqual({
    text: text(ours),
    conflicts: ['"scripts.test" is "mine" here and "vitest run" in the template'],
  })
})

it.each([
  ['a tab', '\t', '\n'],
  ['four blanks', 4, '\n'],
  ['two blanks and carriage returns', 2, '\r\n'],
])('writes with the indentation and the line ends of the user: %s', (_, indent, end) => {
  const write = (value: object): string => text(value, indent).replaceAll('\n', end)
  const ours = { ...BASE, name: 'mine' }
  const theirs = { ...BASE, scripts: { ...BASE.scripts, test: 'vitest run' } }
  expect(mergeManifest(write(ours), text(BASE), text(theirs)).text).toBe(
    write({ ...theirs, name: 'mine' }),
  )
})

it('leaves the user’s text as it is where the template brings nothing', () => {
  const ours = '{"name":"mine",\n"scripts":{}}'
  expect(mergeManifest(ours, text(BASE), text(BASE)).text).toBe(ours)
})
