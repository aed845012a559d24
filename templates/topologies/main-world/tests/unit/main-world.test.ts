import { describe, expect, test } from 'vitest'
import { paceFor } from '../../src/main/main-world/pace'
import { sumByKind } from '../../src/renderer/app/demos/main-world/sum-by-kind'

describe('the pace a page gets', () => {
  test.each([
    [100, 100],
    [500, 500],
    [60_000, 60_000],
    [0, 100],
    [-1, 100],
    [1e99, 60_000],
    [Infinity, 60_000],
    [-Infinity, 100],
  ])('for %d is %d', (wanted, pace) => expect(paceFor(wanted)).toBe(pace))

  test.each([undefined, null, Number.NaN, '500', [500], {}, true, 500n])(
    'for %s is none',
    (wanted) => expect(paceFor(wanted)).toBeUndefined(),
  )
})

test('the processes of one kind are summed up, under a name that says what they are', () => {
  const sums = sumByKind([
    { pid: 1, kind: 'Browser', memory: 100, cpu: 1 },
    { pid: 2, kind: 'Tab', memory: 50, cpu: 2 },
    { pid: 3, kind: 'Network Service', memory: 30, cpu: 0 },
    { pid: 4, kind: 'Tab', memory: 60, cpu: 3 },
  ])
  expect(sums).toEqual([
    { kind: 'Main process', count: 1, memory: 100, cpu: 1 },
    { kind: 'Page', count: 2, memory: 110, cpu: 5 },
    { kind: 'Network Service', count: 1, memory: 30, cpu: 0 },
  ])
})
