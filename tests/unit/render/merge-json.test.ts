import { expect, it } from 'vitest'
import { arrangePackageJson, mergeJson } from '../../../src/render/merge-json.ts'

it('merges objects deeply, keeping the order in which keys first appear', () => {
  const merged = mergeJson(
    { scripts: { dev: 'vite' }, type: 'module' },
    { build: { files: ['out'] }, scripts: { test: 'vitest' } },
  )
  expect(JSON.stringify(merged)).toBe(
    '{"scripts":{"dev":"vite","test":"vitest"},"type":"module","build":{"files":["out"]}}',
  )
})

it('joins lists without repeating an item', () => {
  expect(mergeJson(['a', { b: 1 }], [{ b: 1 }, 'c', 'a'])).toEqual(['a', { b: 1 }, 'c'])
})

it('leaves both sides as they were', () => {
  const base = { list: ['a'], object: { a: 1 } }
  const addition = { list: ['b'], object: { b: 2 } }
  mergeJson(base, addition)
  expect(base).toEqual({ list: ['a'], object: { a: 1 } })
  expect(addition).toEqual({ list: ['b'], object: { b: 2 } })
})

it('accepts the same value twice, null included', () => {
  expect(mergeJson({ private: true, main: null }, { private: true, main: null })).toEqual({
    private: true,
    main: null,
  })
})

it.each([
  { addition: { scripts: { dev: 'b' } }, message: '"scripts.dev" is both "a" and "b".' },
  { addition: { scripts: null }, message: '"scripts" is both {"dev":"a"} and null.' },
  { addition: { scripts: ['b'] }, message: '"scripts" is both {"dev":"a"} and ["b"].' },
])('refuses two different values: $message', ({ addition, message }) => {
  expect(() => mergeJson({ scripts: { dev: 'a' } }, addition)).toThrow(new Error(message))
})

it('puts the name first and sorts dependencies, but not scripts', () => {
  const arranged = arrangePackageJson(
    {
      scripts: { start: 'a', build: 'b' },
      name: 'from-a-template',
      dependencies: { zod: '1', '@scope/b': '1', ajv: '1' },
      devDependencies: { vite: '1', electron: '1' },
    },
    'my-app',
  )
  expect(JSON.stringify(arranged)).toBe(
    JSON.stringify({
      name: 'my-app',
      scripts: { start: 'a', build: 'b' },
      dependencies: { '@scope/b': '1', ajv: '1', zod: '1' },
      devDependencies: { electron: '1', vite: '1' },
    }),
  )
})
