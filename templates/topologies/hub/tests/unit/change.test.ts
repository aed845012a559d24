import { expect, test } from 'vitest'
import {
  type Change,
  apply,
  changeBetween,
  cross,
  follow,
  invert,
  isChange,
  lengthFor,
  transform,
} from '../../src/shared-text/change'
import { newRandom } from './random'

/** A change of a text of some length, with up to four parts. */
function newChange(length: number, random: (below: number) => number): Change {
  const change: Change = []
  let left = length
  for (let parts = random(5); parts > 0; parts--) {
    const part = 1 + random(4)
    const kind = random(3)
    if (kind === 0) change.push('xyz🙂'.slice(0, part))
    else if (left >= part) {
      change.push(kind === 1 ? part : -part)
      left -= part
    }
  }
  return change
}

const SEEDS = Array.from({ length: 500 }, (_, seed) => seed)

test.each([
  ['abc', [1, 'x'], 'axbc'],
  ['abc', [-2], 'c'],
  ['abc', [1, -1, 'x', 1, 'y'], 'axcy'],
  ['', ['x'], 'x'],
  ['abc', [], 'abc'],
] as [string, Change, string][])('%j changed by %j is %j', (text, change, changed) => {
  expect(apply(text, change)).toBe(changed)
  expect(apply(changed, invert(text, change))).toBe(text)
})

test('two changes made to one text lead to one text in either order, and so does what takes them back', () => {
  for (const seed of SEEDS) {
    const random = newRandom(seed)
    const text = 'abcdefghij'.slice(random(10))
    const [one, other] = [newChange(text.length, random), newChange(text.length, random)]
    const first = apply(apply(text, one), transform(other, one, false))
    expect(apply(apply(text, other), transform(one, other, true)), `seed ${seed}`).toBe(first)
    expect(apply(apply(text, one), invert(text, one))).toBe(text)
  }
})

test('a list of changes passes another change, and both ways lead to one text', () => {
  for (const seed of SEEDS) {
    const random = newRandom(seed)
    const text = 'abcdefghij'
    const list: Change[] = []
    let own = text
    for (let count = random(5); count > 0; count--) {
      const change = newChange(own.length, random)
      list.push(change)
      own = apply(own, change)
    }
    const other = newChange(text.length, random)
    const crossed = cross(list, other)
    const theirs = crossed.list.reduce(apply, apply(text, other))
    expect(apply(own, crossed.other), `seed ${seed}`).toBe(theirs)
  }
})

test('what is inserted at one place goes in the order of who is first', () => {
  expect(transform([1, 'x'], [1, 'yy'], true)).toEqual([1, 'x'])
  expect(transform([1, 'x'], [1, 'yy'], false)).toEqual([3, 'x'])
})

test('what one inserts into what another removes is kept', () => {
  const insert: Change = [2, 'x']
  const remove: Change = [-4]
  expect(apply(apply('abcd', remove), transform(insert, remove, true))).toBe('x')
  expect(apply(apply('abcd', insert), transform(remove, insert, false))).toBe('x')
})

test('the change between two texts turns one into the other, and splits no emoji', () => {
  for (const [before, after] of [
    ['one two', 'one and two'],
    ['aa', 'aaa'],
    ['', 'a'],
    ['a', ''],
    ['same', 'same'],
    ['a 🙂 b', 'a 🙃 b'],
    ['🙂🙂', '🙂'],
    ['👍🏽', '👎🏽'],
  ] as const) {
    const change = changeBetween(before, after)
    expect(apply(before, change)).toBe(after)
    expect(change.filter((part) => typeof part === 'string').join('')).not.toMatch(
      /^[\udc00-\udfff]|[\ud800-\udbff]$/,
    )
  }
  expect(changeBetween('one to', 'one two')).toEqual([5, 'w'])
  expect(changeBetween('same', 'same')).toEqual([])
})

test('a place stays at its words', () => {
  expect(follow(3, [1, 'xx'])).toBe(5)
  expect(follow(3, [4, 'xx'])).toBe(3)
  expect(follow(3, [-2])).toBe(1)
  expect(follow(3, [1, -5])).toBe(1)
  expect(follow(3, [3, 'xx'])).toBe(3)
  expect(follow(3, [3, 'xx'], true)).toBe(5)
})

test.each([null, 'abc', {}, [0], [1.5], [''], [Number.NaN], [null], [[1]], [2 ** 60]])(
  '%j is no change',
  (value) => expect(isChange(value)).toBe(false),
)

test('a change says how long its text must be', () => {
  expect(lengthFor([2, 'abc', -3, 1])).toBe(6)
  expect(isChange([2, 'abc', -3, 1])).toBe(true)
})
