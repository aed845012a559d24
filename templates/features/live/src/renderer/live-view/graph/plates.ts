import { type Curve, pointOn } from './curve'
import type { Point, Size } from './layout'

interface Plate {
  curve: Curve
  size: Size
}

export interface Box extends Point, Size {}

/** Where on its way a plate may be, the best first. */
const PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8]

/** Room between two of them, in pixels. */
const GAP = 4

/** Where the names of the links stand: each on its own curve, and where it can be beside all others. */
export function placePlates(plates: Map<string, Plate>, nodes: Box[]): Map<string, Point> {
  const taken = [...nodes]
  const centers = new Map<string, Point>()
  // Those with fewest places first: the shortest.
  const sorted = [...plates]
  sorted.sort(([, a], [, b]) => lengthOf(a.curve) - lengthOf(b.curve))
  for (const [link, { curve, size }] of sorted) {
    const overlapAt = (share: number): number =>
      overlapOf({ ...pointOn(curve, share), ...size }, taken)
    const share = PLACES.find((place) => overlapAt(place) === 0) ?? leastOf(PLACES, overlapAt)
    const center = pointOn(curve, share)
    taken.push({ ...center, ...size })
    centers.set(link, center)
  }
  return centers
}

function leastOf(places: number[], measure: (place: number) => number): number {
  return places.reduce((best, place) => (measure(place) < measure(best) ? place : best))
}

function lengthOf({ start, end }: Curve): number {
  return Math.hypot(end.x - start.x, end.y - start.y)
}

/** How much of a box, and the room around it, lies over others, in square pixels. */
export function overlapOf(box: Box, others: Box[]): number {
  return others.reduce((sum, other) => {
    const width = (box.width + other.width) / 2 + GAP - Math.abs(box.x - other.x)
    const height = (box.height + other.height) / 2 + GAP - Math.abs(box.y - other.y)
    return sum + Math.max(0, width) * Math.max(0, height)
  }, 0)
}
