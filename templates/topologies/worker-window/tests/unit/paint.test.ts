import { expect, test } from 'vitest'
import { paintRows } from '../../src/renderer/worker/paint'

/** A picture of one row, of opaque greys. */
function rowOf(...greys: number[]) {
  const data = new Uint8ClampedArray(greys.flatMap((grey) => [grey, grey, grey, 255]))
  return { width: greys.length, height: 1, data }
}

function paint(photo: ReturnType<typeof rowOf>, brush: number): number[] {
  const painting = { ...photo, data: new Uint8ClampedArray(photo.data.length) }
  Array.from(paintRows(photo, painting, brush))
  return Array.from({ length: photo.width }, (_, x) => painting.data[x * 4] as number)
}

test('an even area stays as it is', () => {
  expect(paint(rowOf(80, 80, 80, 80), 2)).toEqual([80, 80, 80, 80])
})

test('a small spot is painted over', () => {
  expect(paint(rowOf(80, 80, 90, 80, 80), 2)).not.toContain(90)
})

test('an edge stays sharp', () => {
  expect(paint(rowOf(10, 10, 10, 200, 200, 200), 2)).toEqual([10, 10, 10, 200, 200, 200])
})

test('every row is reported', () => {
  const photo = { width: 1, height: 3, data: new Uint8ClampedArray(12) }
  expect([...paintRows(photo, { ...photo, data: new Uint8ClampedArray(12) }, 1)]).toEqual([1, 2, 3])
})
