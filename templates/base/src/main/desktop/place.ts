import type { Rectangle } from 'electron'

/** Where a window is, in pixels that are independent of the screen's density. */
export interface Place extends Rectangle {
  isMaximized: boolean
}

const SIDES = ['x', 'y', 'width', 'height'] as const

/** Whether something that was read from a file is one. */
export function isPlace(value: unknown): value is Place {
  const place = Object(value) as Record<keyof Place, unknown>
  const isSize = (side: keyof Place): boolean =>
    Number.isInteger(place[side]) && Math.abs(place[side] as number) < 1e6
  return SIDES.every(isSize) && typeof place.isMaximized === 'boolean'
}

/**
 * Moves a window onto the screen that has most of it, and makes it no larger than that. One that is on none goes to the first.
 *
 * @param screens  The part of each that a window may cover, at least one.
 */
export function keepOn(screens: readonly Rectangle[], window: Rectangle): Rectangle {
  const more = (one: Rectangle, other: Rectangle): Rectangle =>
    shared(other, window) > shared(one, window) ? other : one
  const screen = screens.reduce(more)
  const width = Math.min(window.width, screen.width)
  const height = Math.min(window.height, screen.height)
  return {
    x: between(screen.x, window.x, screen.x + screen.width - width),
    y: between(screen.y, window.y, screen.y + screen.height - height),
    width,
    height,
  }
}

/** How many pixels two rectangles share. */
function shared(one: Rectangle, other: Rectangle): number {
  return (
    overlap(one.x, one.width, other.x, other.width) *
    overlap(one.y, one.height, other.y, other.height)
  )
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  const end = Math.min(start + length, otherStart + otherLength)
  return Math.max(0, end - Math.max(start, otherStart))
}

function between(least: number, value: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
