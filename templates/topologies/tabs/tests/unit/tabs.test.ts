import { describe, expect, test } from 'vitest'
import { Changes } from '../../src/main/tabs/changes'
import { shortcutOf } from '../../src/main/tabs/shortcut'
import { TabOrder } from '../../src/main/tabs/tab-order'
import { countIn, countWords, titleOf } from '../../src/renderer/tab/count'

const orderOf = (...tabs: string[]): TabOrder<string> => {
  const order = new TabOrder<string>()
  for (const tab of tabs) order.add(tab)
  return order
}

const press = (key: string, ...held: string[]) => {
  const [control, meta, shift, alt] = ['control', 'meta', 'shift', 'alt'].map((each) =>
    held.includes(each),
  ) as [boolean, boolean, boolean, boolean]
  const input = { type: 'keyDown', key, control, meta, shift, alt } as const
  return [shortcutOf(input, false), shortcutOf(input, true)]
}

describe('the order of tabs', () => {
  test('a new tab is the last, and shown', () => {
    const order = orderOf('a', 'b')
    expect(order.all).toEqual(['a', 'b'])
    expect(order.shown).toBe('b')
  })

  test.each([
    ['b', 'c'], // the right neighbour
    ['c', 'b'], // the left one, for the last
    ['a', 'b'],
  ])('where %s is closed that was shown, %s is', (closed, shown) => {
    const order = orderOf('a', 'b', 'c')
    order.show(closed)
    order.remove(closed)
    expect(order.shown).toBe(shown)
    expect(order.all).not.toContain(closed)
  })

  test('where another is closed, the same is shown; with the last one none is', () => {
    const order = orderOf('a', 'b')
    order.remove('a')
    expect(order.shown).toBe('b')
    order.remove('b')
    expect(order.shown).toBeUndefined()
    expect(order.after(1)).toBeUndefined()
  })

  test.each([
    [0, ['c', 'a', 'b']],
    [1, ['a', 'c', 'b']],
    [2, ['a', 'b', 'c']],
    [99, ['a', 'b', 'c']],
    [-5, ['c', 'a', 'b']],
    [Number.NaN, ['a', 'b', 'c']],
    [0.5, ['a', 'b', 'c']],
  ])('a tab that is put at %d is there', (place, all) => {
    const order = orderOf('a', 'b', 'c')
    order.reorder('c', place)
    expect(order.all).toEqual(all)
  })

  test('after the last comes the first, and before the first the last', () => {
    const order = orderOf('a', 'b', 'c')
    expect(order.after(1)).toBe('a')
    order.show('a')
    expect(order.after(-1)).toBe('c')
  })

  test('a tab of another window is none of this one', () => {
    const order = orderOf('a', 'b')
    order.show('x')
    order.remove('x')
    order.reorder('x', 0)
    expect([order.all, order.shown]).toEqual([['a', 'b'], 'b'])
  })
})

describe('the keys', () => {
  test.each([
    [press('t', 'control'), ['open', undefined]],
    [press('T', 'control'), ['open', undefined]],
    [press('w', 'meta'), [undefined, 'close']],
    [press('Tab', 'control'), ['next', 'next']],
    [press('Tab', 'control', 'shift'), ['previous', 'previous']],
    [press('F6'), ['strip', 'strip']],
    [press('w'), [undefined, undefined]],
    [press('Tab'), [undefined, undefined]],
    [press('w', 'control', 'shift'), [undefined, undefined]],
    [press('w', 'control', 'alt'), [undefined, undefined]],
  ])('give %j, where %j is right elsewhere and on macOS', (found, right) =>
    expect(found).toEqual(right),
  )
})

test('a change that comes while nobody reads is told of by the next state', async () => {
  const changes = new Changes()
  const stop = new AbortController()
  let state = 1
  const states = changes.watch(() => state, stop.signal)
  expect((await states.next()).value).toBe(1)
  state = 2
  changes.note()
  expect((await states.next()).value).toBe(2)
  const next = states.next()
  state = 3
  changes.note()
  expect((await next).value).toBe(3)
  const last = states.next()
  stop.abort()
  await expect(last).rejects.toThrow('abort')
})

test.each([
  ['One two  three', 3, 'One two  three'],
  ['\n  Title \nmore', 2, 'Title'],
  ['', 0, 'New note'],
  ['x'.repeat(100), 1, 'x'.repeat(60)],
])('%j has %d words, and is called %j', (text, words, title) => {
  expect([countWords(text), titleOf(text)]).toEqual([words, title])
})

test.each([
  ['Ports and ports', 'PORT', 2],
  ['aaaa', 'aa', 2],
  ['anything', '', 0],
  ['a.b', '.', 1],
])('in %j %j is found %s times', (text, wanted, times) => {
  expect(countIn(text, wanted)).toBe(times)
})
