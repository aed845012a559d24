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
