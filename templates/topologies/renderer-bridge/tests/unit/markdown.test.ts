import { expect, test } from 'vitest'
import { blocksOf, markOf, spansOf } from '../../src/renderer/preview/markdown'

test('a text is split into its blocks', () => {
  const text = '# Title\none\ntwo\n\n- a\n- [ ] b\n1. c\n```js\n# no title\n\n- no list\n```\nend'
  expect(blocksOf(text)).toEqual([
    { kind: 'heading', line: 0, source: '# Title' },
    { kind: 'paragraph', line: 1, source: 'one\ntwo' },
    { kind: 'bullets', line: 4, source: '- a\n- [ ] b' },
    { kind: 'numbers', line: 6, source: '1. c' },
    { kind: 'code', line: 7, source: '```js\n# no title\n\n- no list\n```' },
    { kind: 'paragraph', line: 12, source: 'end' },
  ])
})

test('headings, and blocks of code, are one each', () => {
  expect(blocksOf('# a\n## b').map(({ source }) => source)).toEqual(['# a', '## b'])
  expect(blocksOf('```\na\n```\n```\nb').map(({ source }) => source)).toEqual([
    '```\na\n```',
    '```\nb',
  ])
})

test('an empty text has no blocks', () => {
  expect(blocksOf('')).toEqual([])
  expect(blocksOf('\n \n')).toEqual([])
})

test('a line is split into what is plain and what is not', () => {
  expect(spansOf('a **b** *c* _C_ `*d*` [e](javascript:f)')).toEqual([
    { kind: 'text', text: 'a ' },
    { kind: 'strong', text: 'b' },
    { kind: 'text', text: ' ' },
    { kind: 'em', text: 'c' },
    { kind: 'text', text: ' ' },
    { kind: 'em', text: 'C' },
    { kind: 'text', text: ' ' },
    { kind: 'code', text: '*d*' },
    { kind: 'text', text: ' ' },
    { kind: 'link', text: 'e', address: 'javascript:f' },
  ])
})

test('what is not closed is plain', () => {
  const line = '2 * 3 ** 4 `x [y](z a_b_c'
  expect(spansOf(line)).toEqual([{ kind: 'text', text: line }])
})

test('a task has its mark between the brackets', () => {
  expect(markOf('- [ ] a')).toBe(3)
  expect(markOf('  12. [x] a')).toBe(7)
  expect(markOf('- [y] a')).toBeUndefined()
  expect(markOf('[ ] a')).toBeUndefined()
})

test.each(['*', '**', '_', ' _a', '`', '[', '[a](', '- [ ] ', '1', ' ', '#', '```'])(
  'half a megabyte of %j takes no more time than its length',
  (piece) => {
    const line = piece.repeat(500_000 / piece.length)
    const began = performance.now()
    for (const { source } of blocksOf(line)) spansOf(source)
    expect(performance.now() - began).toBeLessThan(2000)
  },
)
