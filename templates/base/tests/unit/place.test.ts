import { expect, test } from 'vitest'
import { isPlace, keepOn } from '../../src/main/desktop/place'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const beside = { x: 1440, y: 0, width: 2560, height: 1440 }

test('a window stays where it is on a screen', () => {
  const window = { x: 1500, y: 100, width: 800, height: 600 }
  expect(keepOn([laptop, beside], window)).toEqual(window)
})

test('a window of a screen that has gone comes to the first, as large as it was', () => {
  const window = { x: 3000, y: 700, width: 800, height: 600 }
  expect(keepOn([laptop], window)).toEqual({ x: 640, y: 300, width: 800, height: 600 })
})

test('a window that hangs over an edge comes in', () => {
  const window = { x: -300, y: -40, width: 800, height: 600 }
  expect(keepOn([laptop, beside], window)).toEqual({ x: 0, y: 25, width: 800, height: 600 })
})

test('a window between two screens goes to the one that has more of it', () => {
  const window = { x: 1300, y: 100, width: 800, height: 600 }
  expect(keepOn([laptop, beside], window)).toEqual({ ...window, x: 1440 })
})

test('a window is no larger than its screen', () => {
  const window = { x: 100, y: 100, width: 4000, height: 3000 }
  expect(keepOn([laptop], window)).toEqual(laptop)
})

test.each([
  undefined,
  null,
  [],
  'here',
  { x: 0, y: 0, width: 800, height: 600 },
  { x: 0, y: 0, width: '800', height: 600, isMaximized: false },
  { x: 0.5, y: 0, width: 800, height: 600, isMaximized: false },
  { x: 0, y: 0, width: 1e9, height: 600, isMaximized: false },
])('what a file has instead of a place is none: %j', (value) => {
  expect(isPlace(value)).toBe(false)
})
