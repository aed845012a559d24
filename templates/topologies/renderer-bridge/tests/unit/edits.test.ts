import { expect, test } from 'vitest'
import { apply, editsBetween, partsOf } from '../../src/renderer/sync/edits'

function follow(before: string, after: string): string {
  return [...editsBetween(before, after)].reduce(apply, before)
}

test.each([
  ['', 'a'],
  ['a', ''],
  ['aa', 'aaa'],
  ['one two', 'one and two'],
  ['one and two', 'one two'],
  ['abc', 'xyz'],
  ['a 🙂 b', 'a 🙃 b'],
  ['x'.repeat(100_000), `${'y'.repeat(70_000)}x`],
])('the edits between two texts turn one into the other', (before, after) => {
  expect(follow(before, after)).toBe(after)
})

test('a letter that is typed is one small edit', () => {
  expect([...editsBetween('one to', 'one two')]).toEqual([{ at: 5, removed: 0, inserted: 'w' }])
})

test('nothing is sent of what stays the same', () => {
  expect([...editsBetween('same', 'same')]).toEqual([])
})

test('a large text goes in parts of less than 60 KiB', () => {
  const text = '🙂'.repeat(50_000)
  const parts = [...partsOf(text)]
  expect(parts.join('')).toBe(text)
  expect(Math.max(...parts.map(({ length }) => length * 2))).toBeLessThan(60 * 1024)
})

test('an empty text is one part, which tells it from none', () => {
  expect([...partsOf('')]).toEqual([''])
})
