import { expect, test } from 'vitest'
import { rangeOf } from '../../src/main/range'

test.each([
  ['bytes=0-9', { start: 0, end: 9 }],
  ['bytes=99-99', { start: 99, end: 99 }],
  ['bytes=90-', { start: 90, end: 99 }],
  ['bytes=-10', { start: 90, end: 99 }],
  ['bytes=-1000', { start: 0, end: 99 }],
  ['bytes=0-1000', { start: 0, end: 99 }],
])('of 100 bytes "%s" is %j', (header, range) => {
  expect(rangeOf(header, 100)).toEqual(range)
})

test.each(['bytes=100-', 'bytes=200-300', 'bytes=-0'])('100 bytes have no "%s"', (header) => {
  expect(rangeOf(header, 100)).toBe('none')
})

test('an empty file has no part', () => {
  for (const header of ['bytes=0-', 'bytes=0-0', 'bytes=-5'])
    expect(rangeOf(header, 0)).toBe('none')
})

test.each([null, '', 'bytes=', 'bytes=-', 'bytes=9-3', 'bytes=0-1,4-5', 'lines=0-9', 'bytes=a-b'])(
  'all of a file is meant by %j',
  (header) => {
    expect(rangeOf(header, 100)).toBeUndefined()
  },
)
