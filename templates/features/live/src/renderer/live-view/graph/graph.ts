import type { Place } from '../../../live/contract'
import type { Agents } from '../model/agents'
import type { Processes } from '../model/processes'
import { type Wire, idOf, listPlaces, listWires } from '../model/wires'
import { nameOf } from '../words'
import { type PlacedWire, arrange } from './arrange'
import type { Point } from './layout'
import { LinkView } from './link-view'
import { Motion } from './motion'
import { NodeView } from './node-view'
import { add, newSheet, set } from './svg'

export type Selection = { place: Place } | { wire: Wire }

/** The picture of all nodes and links. */
export class Graph {
  readonly #root: HTMLElement
  readonly #agents: Agents
  readonly #processes: Processes
  readonly #choose: (what: Selection) => void
  /** Wires, what moves on them, and what is above: so what stands still is not painted anew. */
  readonly #sheets = [newSheet(), newSheet(), newSheet()] as const
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
    const [wires, dots, top] = this.#sheets
    root.append(...this.#sheets)
    for (const sheet of [wires, dots]) set(sheet, { 'aria-hidden': 'true' })
    // Not a picture, which would have no parts to a screen reader.
    set(top, { role: 'group' })
    this.#motion = new Motion(dots)
    this.#layers = { wires, plates: add(top, 'g'), nodes: add(top, 'g') }
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
    const plates = new Map(
      [...this.#links].map(([id, { wire, view }]) => {
        return [id, { from: nameOf(wire.from), to: nameOf(wire.to), size: view.size }]
      }),
    )
    const room = { width: this.#root.clientWidth, height: this.#root.clientHeight }
    if (room.width === 0 || room.height === 0) return
    const { size, box, places, wires } = arrange(this.#order, plates, room)
    for (const sheet of this.#sheets) set(sheet, { viewBox: `0 0 ${size.width} ${size.height}` })
    for (const [name, { view }] of this.#nodes) view.place(places.get(name) as Point, box)
    for (const [id, { view }] of this.#links) view.place(wires.get(id) as PlacedWire)
  }
}

function keepOnly(all: Map<string, { view: NodeView | LinkView }>, kept: string[]): void {
  for (const [name, { view }] of all) {
    if (kept.includes(name)) continue
    view.remove()
    all.delete(name)
  }
}
