import { topology } from '../../../topology'
import type { Agents } from '../model/agents'
import type { Processes } from '../model/processes'
import { type Curve, newCurve } from './curve'
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

export type Selection = { node: string } | { link: string }

interface Ends {
  from: string
  to: string
}

/** The picture of all nodes and links. */
export class Graph {
  readonly #agents: Agents
  readonly #processes: Processes
  readonly #svg: SVGSVGElement
  readonly #nodes = new Map<string, NodeView>()
  readonly #links = new Map<string, LinkView>()
  readonly #motion: Motion

  constructor(
    root: HTMLElement,
    agents: Agents,
    processes: Processes,
    choose: (what: Selection) => void,
  ) {
    this.#agents = agents
    this.#processes = processes
    this.#svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    root.append(this.#svg)
    const wires = add(this.#svg, 'g')
    this.#motion = new Motion(add(this.#svg, 'g'))
    const plates = add(this.#svg, 'g')
    const nodes = add(this.#svg, 'g')
    for (const [link, ends] of Object.entries<Ends>(topology.links)) {
      this.#links.set(link, new LinkView({ wires, plates }, link, ends, () => choose({ link })))
    }
    for (const [node, { kind }] of Object.entries(topology.nodes)) {
      this.#nodes.set(node, new NodeView(nodes, node, kind, () => choose({ node })))
    }
    new ResizeObserver(() => this.#place(root)).observe(root)
  }

  /** @param what  Undefined: none of them. */
  select(what: Partial<{ node: string; link: string }> = {}): void {
    for (const [node, view] of this.#nodes) view.select(node === what.node)
    for (const [link, view] of this.#links) view.select(link === what.link)
  }

  /** Shows the figures as they are now. */
  show(): void {
    for (const [node, view] of this.#nodes) {
      const processes = this.#processes.of(node)
      const restarts = processes.map((each) => this.#processes.restartsOf(each))
      view.show(
        processes,
        restarts.reduce((sum, each) => sum + each, 0),
      )
    }
    for (const [link, view] of this.#links) {
      const ends = this.#agents.endsOf(link)
      const ports = new Set(ends.map(({ channel }) => channel.generation))
      view.show(this.#agents.figuresOf(link), ports.size)
    }
  }

  /** Moves what is on its way. To be called every frame. */
  move(now: number): void {
    for (const [link, { curve }] of this.#links) {
      const { forth, back } = this.#agents.figuresOf(link).takeMoved()
      if (!curve) continue
      this.#motion.send(curve, forth, false, now)
      this.#motion.send(curve, back, true, now)
    }
    this.#motion.draw(now)
  }

  #place(root: HTMLElement): void {
    const size = { width: root.clientWidth, height: root.clientHeight }
    const all = Object.entries<Ends>(topology.links)
    const names = [...this.#nodes.keys()]
    const box = names.length > 8 || size.height < 360 ? SMALL_BOX : BOX
    const places = layOut(
      names,
      all.map(([, ends]) => ends),
      size,
      box,
    )
    for (const [node, view] of this.#nodes) view.place(places.get(node) as Point, box)
    const plates = new Map(
      [...this.#links].map(([link, view]) => {
        return [link, { size: view.size, curve: this.#curveOf(link, all, places, size, box) }]
      }),
    )
    const boxes = [...places.values()].map((place) => ({ ...place, ...box }))
    const centers = placePlates(plates, boxes)
    for (const [link, { curve }] of plates) {
      this.#links.get(link)?.place(curve, centers.get(link) as Point)
    }
  }

  #curveOf(
    link: string,
    all: [string, Ends][],
    places: Map<string, Point>,
    size: Size,
    box: Size,
  ): Curve {
    const ends = topology.links[link as keyof typeof topology.links]
    const beside = all.filter(([, other]) => areSame(ends, other)).map(([name]) => name)
    // Counted from the same end, whichever opens it.
    const sign = ends.from < ends.to ? 1 : -1
    const rank = sign * (beside.indexOf(link) - (beside.length - 1) / 2)
    const offset = rank * Math.min(APART.each, APART.all / beside.length)
    const [from, to] = [places.get(ends.from) as Point, places.get(ends.to) as Point]
    return newCurve(from, to, box, offset, this.#inTheWay(places, ends, size))
  }

  /** What is in the middle, for a link that does not touch it. */
  #inTheWay(
    places: Map<string, Point>,
    { from, to }: Ends,
    { width, height }: Size,
  ): Point | undefined {
    const middle = { x: width / 2, y: height / 2 }
    const [hub] = [...places].find(([, { x, y }]) => x === middle.x && y === middle.y) ?? []
    return hub === undefined || hub === from || hub === to ? undefined : middle
  }
}

function areSame(one: Ends, other: Ends): boolean {
  const isSame = one.from === other.from && one.to === other.to
  return isSame || (one.from === other.to && one.to === other.from)
}
