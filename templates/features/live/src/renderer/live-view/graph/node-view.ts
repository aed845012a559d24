import type { Place, Process } from '../../../live/contract'
import { topology } from '../../../topology'
import { inBytes, nameOf } from '../words'
import type { Point, Size } from './layout'
import { add, makeButton, set, setText } from './svg'

const KINDS: Record<string, string> = {
  window: 'window',
  'worker-window': 'worker window',
  view: 'view',
  'utility-process': 'utility process',
  main: 'main process',
}

/** A node in the picture. */
export class NodeView {
  readonly element: SVGGElement
  readonly #place: Place
  readonly #kind: string
  readonly #box: SVGRectElement
  readonly #dot: SVGCircleElement
  readonly #name: SVGTextElement
  readonly #about: SVGTextElement
  readonly #figures: SVGTextElement
  /** For its name, in pixels. */
  #room = 0
  /** Whether the key alone stands for the name. */
  #isShort = false

  constructor(parent: Element, place: Place, choose: () => void) {
    const { kind } = topology.nodes[place.node as keyof typeof topology.nodes]
    this.#place = place
    this.#kind = KINDS[kind] ?? kind
    this.element = add(parent, 'g', { class: 'node' })
    this.#box = add(this.element, 'rect', { rx: 12 })
    this.#dot = add(this.element, 'circle', { class: 'state', r: 4 })
    this.#name = add(this.element, 'text', { class: 'name' })
    this.#about = add(this.element, 'text', { class: 'about' })
    this.#figures = add(this.element, 'text', { class: 'about' })
    makeButton(this.element, choose)
  }

  place({ x, y }: Point, { width, height }: Size): void {
    set(this.element, { transform: `translate(${x - width / 2} ${y - height / 2})` })
    set(this.#box, { width, height })
    set(this.#dot, { cx: 17, cy: 19 })
    set(this.#name, { x: 28, y: 24 })
    set(this.#about, { x: 14, y: 41 })
    set(this.#figures, { x: 14, y: 56, visibility: height < 60 ? 'hidden' : 'visible' })
    this.#room = width - 38
    this.#showName()
  }

  remove(): void {
    this.element.remove()
  }

  select(isSelected: boolean): void {
    set(this.element, { 'aria-pressed': String(isSelected) })
  }

  /** @param processes  None, as long as it is not known or there are many of the node and none is open. */
  show(processes: Process[], restarts: number): void {
    const running = processes.filter(({ pid }) => pid !== 0)
    const state = stateOf(processes, running)
    const memory = running.reduce((sum, each) => sum + each.memory, 0)
    const again = restarts > 0 ? ` · ${restarts}× anew` : ''
    const figures =
      running.length > 0 ? `${describePids(running)} · ${inBytes(memory)}${again}` : WORDS[state]
    set(this.element, {
      'data-state': state,
      'aria-label': `${nameOf(this.#place)}, ${this.#kind}, ${state}, ${figures}`,
    })
    const count = running.length > 1 ? ` ×${running.length}` : ''
    const about = this.#isShort ? this.#place.node : `${this.#kind}${count}`
    write(this.#about, about, this.#room + 14)
    write(this.#figures, figures, this.#room + 14)
  }

  /** Where the whole name does not fit, that of one of many is its key. */
  #showName(): void {
    const { key } = this.#place
    setText(this.#name, nameOf(this.#place))
    this.#isShort = key !== undefined && this.#name.getComputedTextLength() > this.#room
    write(this.#name, this.#isShort ? (key as string) : nameOf(this.#place), this.#room)
  }
}

/** Cuts a text until it fits. */
function write(element: SVGTextElement, text: string, room: number): void {
  setText(element, text)
  for (let rest = text; rest !== '' && element.getComputedTextLength() > room;) {
    rest = rest.slice(0, -1)
    setText(element, `${rest}…`)
  }
}

const WORDS: Record<Process['state'], string> = {
  running: '',
  stopped: '',
  gone: 'lost',
  absent: 'not running',
}

/** Of many, that of one that needs to be looked at. */
function stateOf(processes: Process[], running: Process[]): Process['state'] {
  const states = processes.map(({ state }) => state)
  if (states.includes('gone')) return 'gone'
  if (states.includes('stopped')) return 'stopped'
  return running.length > 0 ? 'running' : 'absent'
}

function describePids(running: Process[]): string {
  return running.length === 1 ? `pid ${running[0]?.pid}` : `${running.length} processes`
}
