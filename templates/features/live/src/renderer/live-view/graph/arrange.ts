/** Where all of the picture is, for a window of some size. */
import { type Curve, newCurve, newLoop, pointOn } from './curve'
import { type Point, type Size, layOut } from './layout'
import { overlapOf, placePlates } from './plates'

const BOX = { width: 168, height: 66 }

/** Where there are many nodes, or there is little room: without the figures. */
const SMALL_BOX = { width: 136, height: 50 }

/** How much larger than the room a picture may be that is shown smaller. */
const SCALES = [1, 1.15, 1.3, 1.5, 1.75, 2]

/** In square pixels: names that touch can still be read, and better than small ones. */
const LITTLE = 300

/** Of how many places a wire is looked at. */
const STEPS = 30

/** How far apart links between the same two nodes are, and all of them at most, in pixels. */
const APART = { each: 40, all: 190 }

/** The ends of a wire, by the names of their boxes. */
interface Ends {
  readonly from: string
  readonly to: string
}

/** A wire, with the room that its plate takes. */
export interface UnplacedWire extends Ends {
  readonly size: Size
}

export interface PlacedWire {
  readonly curve: Curve
  /** Of its plate. */
  readonly center: Point
}

interface Arrangement {
  /** As large as the room, or larger: it is shown smaller then. */
  readonly size: Size
  /** Of all nodes. */
  readonly box: Size
  /** Their centres. */
  readonly places: ReadonlyMap<string, Point>
  readonly wires: ReadonlyMap<string, PlacedWire>
}

/** As large as it can be with everything beside each other. */
export function arrange(
  names: string[],
  all: ReadonlyMap<string, UnplacedWire>,
  room: Size,
): Arrangement {
  let [best, least]: [Arrangement | undefined, number] = [undefined, Infinity]
  for (const scale of SCALES) {
    const size = { width: room.width * scale, height: room.height * scale }
    const tried = arrangeIn(names, all, size)
    const crush = crushOf(tried, all)
    if (crush < least) [best, least] = [tried, crush]
    if (crush < LITTLE) break
  }
  return best as Arrangement
}

function arrangeIn(
  names: string[],
  all: ReadonlyMap<string, UnplacedWire>,
  size: Size,
): Arrangement {
  const box = names.length > 8 || size.height < 360 ? SMALL_BOX : BOX
  const places = layOut(names, [...all.values()], size, box)
  const curves = new Map([...all.keys()].map((id) => [id, curveOf(id, all, places, size, box)]))
  const plates = new Map(
    [...all].map(([id, wire]) => [id, { size: wire.size, curve: curves.get(id) as Curve }]),
  )
  const boxes = [...places.values()].map((place) => ({ ...place, ...box }))
  const centers = placePlates(plates, boxes)
  const wires = new Map(
    [...curves].map(([id, curve]) => [id, { curve, center: centers.get(id) as Point }]),
  )
  return { size, box, places, wires }
}

function curveOf(
  id: string,
  all: ReadonlyMap<string, Ends>,
  places: Map<string, Point>,
  size: Size,
  box: Size,
): Curve {
  const ends = all.get(id) as Ends
  const beside = [...all].filter(([, other]) => areSame(ends, other)).map(([each]) => each)
  // Counted from the same end, whichever opens it.
  const sign = ends.from < ends.to ? 1 : -1
  const rank = sign * (beside.indexOf(id) - (beside.length - 1) / 2)
  const offset = rank * Math.min(APART.each, APART.all / beside.length)
  const [from, to] = [places.get(ends.from) as Point, places.get(ends.to) as Point]
  if (ends.from === ends.to) return newLoop(from, box, offset, from.y < size.height / 2)
  return newCurve(from, to, box, offset, inTheWay(places, ends, size))
}

/** What is in the middle, for a link that does not touch it. */
function inTheWay(
  places: Map<string, Point>,
  { from, to }: Ends,
  { width, height }: Size,
): Point | undefined {
  const middle = { x: width / 2, y: height / 2 }
  const [hub] = [...places].find(([, { x, y }]) => x === middle.x && y === middle.y) ?? []
  return hub === undefined || hub === from || hub === to ? undefined : middle
}

function areSame(one: Ends, other: Ends): boolean {
  const isSame = one.from === other.from && one.to === other.to
  return isSame || (one.from === other.to && one.to === other.from)
}

/** How much lies over something else, about in square pixels. */
function crushOf(
  { box, places, wires }: Arrangement,
  all: ReadonlyMap<string, UnplacedWire>,
): number {
  const nodes = [...places].map(([name, place]) => ({ name, ...place, ...box }))
  const plates = [...wires].map(([id, { center }]) => ({
    ...center,
    ...(all.get(id) as UnplacedWire).size,
  }))
  const boxes = [...nodes, ...plates]
  let crush = 0
  for (const [at, one] of boxes.entries()) crush += overlapOf(one, boxes.slice(at + 1))
  for (const [id, { curve }] of wires) {
    const { from, to } = all.get(id) as UnplacedWire
    const others = nodes.filter(({ name }) => name !== from && name !== to)
    for (let step = 1; step < STEPS; step++) {
      crush += overlapOf({ ...pointOn(curve, step / STEPS), width: 0, height: 0 }, others)
    }
  }
  return crush
}
