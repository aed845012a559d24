import type { Place } from '../../../live/contract'
import type { Agents } from '../model/agents'
import type { Processes } from '../model/processes'
import { type Wire, idOf, listPlaces, listWires } from '../model/wires'
import { nameOf } from '../words'
import { type Curve, newCurve, newLoop } from './curve'
import { type Point, type Size, layOut } from './layout'
import { LinkView } from './link-view'
import { Motion } from './motion'
import { NodeView } from './node-view'
import { placePlates } from './plates'
import { add } from './svg'

const BOX = { width: 168, height: 66 }

/** Where there are many nodes, or there is little room: without the figures. */
const SMALL_BOX = { width: 136, height: 50 }

/** How far apart links between the same two nodes are, and all of them at most, in pixels. */
const APART = { each: 40, all: 190 }

export type Selection = { place: Place } | { wire: Wire }

/** The ends of a wire, by the names of their boxes. */
interface Ends {
  from: string
  to: string
}

/** The picture of all nodes and links. */
export class Graph {
  readonly #root: HTMLElement
  readonly #agents: Agents
  readonly #processes: Processes
  readonly #choose: (what: Selection) => void
  readonly #layers: Record<'wires' | 'plates' | 'nodes', Element>
  readonly #motion: Motion
  /** What is drawn: by their names, and by the ids of the wires. */
  readonly #nodes = new Map<string, { place: Place; view: NodeView }>()
  readonly #links = new Map<string, { wire: Wire; view: LinkView }>()
  #drawn = ''
  #order: string[] = []
  #selected: string | undefined

  constructor(
    root: HTMLElement,
    agents: Agents,
    processes: Processes,
    choose: (what: Selection) => void,
  ) {
    this.#root = root
    this.#agents = agents
    this.#processes = processes
    this.#choose = choose
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    root.append(svg)
    const wires = add(svg, 'g')
    this.#motion = new Motion(add(svg, 'g'))
    this.#layers = { wires, plates: add(svg, 'g'), nodes: add(svg, 'g') }
    this.#draw()
    new ResizeObserver(() => this.#place()).observe(root)
  }

  /** @param what  Undefined: none of them. */
  select(what?: Selection): void {
    this.#selected = what && ('place' in what ? nameOf(what.place) : idOf(what.wire))
    this.#showSelected()
  }

  /** Shows the figures as they are now, and who has come or gone. */
  show(): void {
    this.#draw()
    for (const { place, view } of this.#nodes.values()) {
      const processes = this.#processes.of(place)
      const restarts = processes.map((each) => this.#processes.restartsOf(each))
      view.show(
        processes,
        restarts.reduce((sum, each) => sum + each, 0),
      )
    }
    for (const { wire, view } of this.#links.values()) {
      const ports = new Set(this.#agents.endsOf(wire).map(({ channel }) => channel.generation))
      view.show(this.#agents.figuresOf(wire), ports.size)
    }
  }

  /** Moves what is on its way. To be called every frame. */
  move(now: number): void {
    for (const { wire, view } of this.#links.values()) {
      const { forth, back } = this.#agents.figuresOf(wire).takeMoved()
      if (!view.curve) continue
      this.#motion.send(view.curve, forth, false, now)
      this.#motion.send(view.curve, back, true, now)
    }
    this.#motion.draw(now)
  }

  /** Makes and removes what has come and gone. What stays is the same element, and keeps its focus. */
  #draw(): void {
    const places = listPlaces((node) => this.#processes.of({ node }))
    const wires = listWires(places, (wire) => this.#agents.endsOf(wire).length > 0)
    const drawn = JSON.stringify([places, wires])
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    this.#order = places.map(nameOf)
    keepOnly(this.#nodes, this.#order)
    keepOnly(this.#links, wires.map(idOf))
    for (const place of places) {
      if (this.#nodes.has(nameOf(place))) continue
      const view = new NodeView(this.#layers.nodes, place, () => this.#choose({ place }))
      this.#nodes.set(nameOf(place), { place, view })
    }
    for (const wire of wires) {
      if (this.#links.has(idOf(wire))) continue
      const view = new LinkView(this.#layers, wire, () => this.#choose({ wire }))
      this.#links.set(idOf(wire), { wire, view })
    }
    this.#showSelected()
    this.#place()
  }

  #showSelected(): void {
    for (const [name, { view }] of this.#nodes) view.select(name === this.#selected)
    for (const [id, { view }] of this.#links) view.select(id === this.#selected)
  }

  #place(): void {
    const size = { width: this.#root.clientWidth, height: this.#root.clientHeight }
    const all = new Map([...this.#links].map(([id, { wire }]) => [id, endsOf(wire)]))
    const names = this.#order
    const box = names.length > 8 || size.height < 360 ? SMALL_BOX : BOX
    const places = layOut(names, [...all.values()], size, box)
    for (const [name, { view }] of this.#nodes) view.place(places.get(name) as Point, box)
    const plates = new Map(
      [...this.#links].map(([id, { view }]) => {
        return [id, { size: view.size, curve: curveOf(id, all, places, size, box) }]
      }),
    )
    const boxes = [...places.values()].map((place) => ({ ...place, ...box }))
    const centers = placePlates(plates, boxes)
    for (const [id, { curve }] of plates) {
      this.#links.get(id)?.view.place(curve, centers.get(id) as Point)
    }
  }
}

function keepOnly(all: Map<string, { view: NodeView | LinkView }>, kept: string[]): void {
  for (const [name, { view }] of all) {
    if (kept.includes(name)) continue
    view.remove()
    all.delete(name)
  }
}

function curveOf(
  id: string,
  all: Map<string, Ends>,
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

function endsOf({ from, to }: Wire): Ends {
  return { from: nameOf(from), to: nameOf(to) }
}

function areSame(one: Ends, other: Ends): boolean {
  const isSame = one.from === other.from && one.to === other.to
  return isSame || (one.from === other.to && one.to === other.from)
}
