import type { Point, Size } from './layout'

/** A quadratic curve, from a node to another. */
export interface Curve {
  start: Point
  bend: Point
  end: Point
}

/** How much room a link needs beside a node that it does not touch, in pixels. */
const CLEAR = 16

/** How far away from its node a loop bends, in pixels. */
const LOOP = 96

/**
 * @param offset  How far its middle is from the straight way, in pixels.
 * @param avoid  Where a node is that it does not touch.
 */
export function newCurve(from: Point, to: Point, box: Size, offset: number, avoid?: Point): Curve {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy) || 1
  const across = { x: -dy / length, y: dx / length }
  const half = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
  let by = offset * 2
  if (avoid) {
    const side = (half.x - avoid.x) * across.x + (half.y - avoid.y) * across.y
    const missing = box.height / 2 + CLEAR - Math.abs(side)
    if (missing > 0) by += (side < 0 ? -2 : 2) * missing
  }
  const bend = { x: half.x + across.x * by, y: half.y + across.y * by }
  return { start: leave(from, bend, box), bend, end: leave(to, bend, box) }
}

/** From a node to another of its kind that has the same box. */
export function newLoop({ x, y }: Point, box: Size, offset: number, isBelow: boolean): Curve {
  const side = isBelow ? 1 : -1
  const edge = y + side * (box.height / 2 + 3)
  const bend = { x, y: edge + side * (LOOP + Math.abs(offset) * 2) }
  const reach = box.width / 4 + Math.abs(offset) / 2
  return { start: { x: x - reach, y: edge }, bend, end: { x: x + reach, y: edge } }
}

/** Where the way from the centre of a node to a point leaves the node. */
function leave(center: Point, towards: Point, { width, height }: Size): Point {
  const [dx, dy] = [towards.x - center.x, towards.y - center.y]
  const share = Math.min(
    (width / 2 + 3) / Math.max(Math.abs(dx), 1e-6),
    (height / 2 + 3) / Math.max(Math.abs(dy), 1e-6),
  )
  return { x: center.x + dx * Math.min(share, 1), y: center.y + dy * Math.min(share, 1) }
}

/** @param share  Of the way, from 0 to 1. */
export function pointOn({ start, bend, end }: Curve, share: number): Point {
  const rest = 1 - share
  const [a, b, c] = [rest * rest, 2 * rest * share, share * share]
  return { x: a * start.x + b * bend.x + c * end.x, y: a * start.y + b * bend.y + c * end.y }
}

export function toPath({ start, bend, end }: Curve): string {
  return `M${start.x} ${start.y} Q${bend.x} ${bend.y} ${end.x} ${end.y}`
}

/** The degrees by which what points right has to be turned to point along the end of the curve. */
export function directionAtEnd({ bend, end }: Curve): number {
  return (Math.atan2(end.y - bend.y, end.x - bend.x) * 180) / Math.PI
}
