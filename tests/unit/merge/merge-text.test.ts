import { expect, it } from 'vitest'
import { mergeText } from '../../../src/merge/merge-text.ts'

const BASE = ['one', 'two', 'three', 'four', 'five', ''].join('\n')

it('takes both changes where they meet in no line', () => {
  const ours = BASE.replace('one', 'ONE')
  const theirs = BASE.replace('five', 'FIVE')
  expect(mergeText(ours, BASE, theirs)).toEqual({
    text: 'ONE\ntwo\nthree\nfour\nFIVE\n',
    conflicts: [],
  })
})

it('takes a change once that both made', () => {
  const both = BASE.replace('two', 'TWO')
  expect(mergeText(both.replace('five', 'FIVE'), BASE, both).text).toBe(
    'one\nTWO\nthree\nfour\nFIVE\n',
  )
})

it('keeps two insertions apart that a line which nobody changes stands between', () => {
  const base = '{\n  a,\n  // yours from here on\n}\n'
  const ours = base.replace('on\n', 'on\n  mine,\n')
  const theirs = base.replace('  a,\n', '  a,\n  b,\n')
  expect(mergeText(ours, base, theirs)).toEqual({
    text: '{\n  a,\n  b,\n  // yours from here on\n  mine,\n}\n',
    conflicts: [],
  })
})

it('ends the last line behind what both have added there', () => {
  expect(mergeText('a\n\nmine\n', 'a\n', 'a\n\ntheirs\n').text).toMatch(
    /^a\n<<<<<<< yours\n\nmine\n[^]*\n\ntheirs\n>>>>>>> the template now\n$/,
  )
})

it.each([
  ['of the user', 'a\nb', 'a\nb\n', 'A\nb\n', 'A\nb'],
  ['of the template', 'A\nb\n', 'a\nb\n', 'a\nb', 'A\nb'],
])(
  'leaves a last line without an end that has lost it by the hand %s',
  (_, ours, base, theirs, text) => {
    expect(mergeText(ours, base, theirs)).toEqual({ text, conflicts: [] })
  },
)

it.each([
  ['one that was taken away', 'a\nc\n', 'a\nb\nnew\nc\n', 'a\nnew\nc\n'],
  [
    'one that was taken away, on both sides',
    'a\nc\n',
    'a\nnew\nb\nnewer\nc\n',
    'a\nnew\nnewer\nc\n',
  ],
])('adds lines beside %s, whoever did which', (_, taken, added, merged) => {
  const base = 'a\nb\nc\n'
  expect(mergeText(taken, base, added)).toEqual({ text: merged, conflicts: [] })
  expect(mergeText(added, base, taken)).toEqual({ text: merged, conflicts: [] })
})

it('shows a conflict where lines were added among those that were taken away', () => {
  expect(mergeText('a\nd\n', 'a\nb\nc\nd\n', 'a\nb\nnew\nc\nd\n').conflicts).toHaveLength(1)
})

it('shows all three sides of lines that both changed', () => {
  const { text, conflicts } = mergeText(
    BASE.replace('three', 'mine'),
    BASE,
    BASE.replace('three', 'theirs'),
  )
  expect(text).toBe(
    [
      'one',
      'two',
      '<<<<<<< yours',
      'mine',
      '||||||| the template before',
      'three',
      '=======',
      'theirs',
      '>>>>>>> the template now',
      'four',
      'five',
      '',
    ].join('\n'),
  )
  expect(conflicts).toHaveLength(1)
})

it('keeps the line ends of the user', () => {
  const ours = BASE.replace('one', 'ONE').replaceAll('\n', '\r\n')
  expect(mergeText(ours, BASE, BASE.replace('five', 'FIVE')).text).toBe(
    'ONE\r\ntwo\r\nthree\r\nfour\r\nFIVE\r\n',
  )
})

it('merges lines that are called like what every object has', () => {
  const base = 'constructor\n__proto__\ntoString\n'
  expect(mergeText(`${base}mine\n`, base, `first\n${base}`)).toEqual({
    text: `first\n${base}mine\n`,
    conflicts: [],
  })
})
