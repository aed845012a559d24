/**
 * What is drawn: a box for each node, and a wire for each link. Of a node of which there are many each one that is there
 * has a box, and its own wires.
 */
import type { Place } from '../../../live/contract'
import { topology } from '../../../topology'
import { nameOf } from '../words'

/** A link, between two of its members where there are many. */
export interface Wire {
  readonly link: string
  readonly from: Place
  readonly to: Place
}

interface Ends {
  readonly from: string
  readonly to: string
}

/** Where there would be more boxes, a node of which there are many has one. */
const MOST_BOXES = 12

const nodes = Object.entries<{ many?: boolean }>(topology.nodes)
const links: Readonly<Record<string, Ends>> = topology.links

/** @param membersOf  Those that are there of a node. */
export function listPlaces(membersOf: (node: string) => Place[]): Place[] {
  const each = nodes.flatMap(([node, { many }]) => {
    const members = many ? membersOf(node).map(({ key }) => ({ node, key })) : []
    members.sort((one, other) => nameOf(one).localeCompare(nameOf(other), 'en', { numeric: true }))
    return members.length > 0 ? members : [{ node }]
  })
  return each.length <= MOST_BOXES ? each : nodes.map(([node]) => ({ node }))
}

/** @param isOpen  Whether it has a port. */
export function listWires(places: Place[], isOpen: (wire: Wire) => boolean): Wire[] {
  return Object.entries(links).flatMap(([link, ends]) => {
    const [from, to] = [ends.from, ends.to].map((node) =>
      places.filter((place) => place.node === node),
    ) as [Place[], Place[]]
    if (ends.from !== ends.to) {
      return from.flatMap((one) => to.map((other) => ({ link, from: one, to: other })))
    }
    const [first, second = first] = from as [Place]
    const pairs = from.flatMap((one, at) =>
      from.slice(at + 1).map((other) => ({ link, from: one, to: other })),
    )
    // Nearly all could speak with each other, and few do.
    const open = pairs.filter(isOpen)
    return open.length > 0 ? open : [{ link, from: first, to: second }]
  })
}

/** The wire that a channel is on, by its two ends; undefined where it is of a link that `src/topology.ts` has not. */
export function wireOf(link: string, one: Place, other: Place): Wire | undefined {
  const ends = links[link]
  if (!ends) return undefined
  const isForth =
    ends.from === ends.to
      ? nameOf(one).localeCompare(nameOf(other), 'en', { numeric: true }) < 0
      : ends.from === one.node
  return isForth ? { link, from: one, to: other } : { link, from: other, to: one }
}

/** Whether a channel is on the wire, by one of its ends, and by the other as far as that is known. */
export function isOn({ from, to }: Wire, place: Place, peer: Place | undefined): boolean {
  return (isAt(from, place) && isAt(to, peer)) || (isAt(to, place) && isAt(from, peer))
}

/** The same for the same wire, and the name of the link where it is all of that. */
export function idOf({ link, from, to }: Wire): string {
  return from.key === undefined && to.key === undefined
    ? link
    : JSON.stringify([link, nameOf(from), nameOf(to)])
}

/** Whether it is that one, or one of those. */
function isAt(wanted: Place, place: Place | undefined): boolean {
  if (wanted.key === undefined) return !place || place.node === wanted.node
  return place?.node === wanted.node && place.key === wanted.key
}
