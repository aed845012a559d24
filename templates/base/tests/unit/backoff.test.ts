import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Backoff } from '../../src/main/backoff'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function fail(backoff: Backoff, times: number): (number | undefined)[] {
  return Array.from({ length: times }, () => backoff.next())
}

test('the pauses grow, and end', () => {
  const pauses = [100, 500, 2000, 5000, 15_000, undefined, undefined]
  expect(fail(new Backoff(), 7)).toEqual(pauses)
})

test('a failure after a quiet minute is the first', () => {
  const backoff = new Backoff()
  expect(fail(backoff, 3)).toEqual([100, 500, 2000])
  vi.advanceTimersByTime(60_001)
  expect(fail(backoff, 2)).toEqual([100, 500])
})

test('failures can be forgotten', () => {
  const backoff = new Backoff()
  fail(backoff, 6)
  backoff.reset()
  expect(fail(backoff, 1)).toEqual([100])
})
