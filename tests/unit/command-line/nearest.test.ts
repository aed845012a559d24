import { expect, it } from 'vitest'
import { findNearest } from '../../../src/command-line/nearest.ts'

const KNOWN = ['hub', 'main-port', 'worker-window']

it.each([
  ['worker-windw', 'worker-window'],
  ['wroker-window', 'worker-window'],
  ['mainport', 'main-port'],
  ['hab', 'hub'],
])('takes "%s" for a slip of "%s"', (word, nearest) => {
  expect(findNearest(word, KNOWN)).toBe(nearest)
})

it.each(['', 'x', 'port', 'blockchain'])('has no guess for "%s"', (word) => {
  expect(findNearest(word, KNOWN)).toBeUndefined()
})

it('has no guess when nothing is known', () => {
  expect(findNearest('hub', [])).toBeUndefined()
})
