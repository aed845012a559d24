import type { Figures } from '../model/figures'
import type { Wire } from '../model/wires'
import { inCount, inMilliseconds, nameOf, perSecond } from '../words'
import type { PlacedWire } from './arrange'
import { type Curve, directionAtEnd, toPath } from './curve'
import type { Point, Size } from './layout'
import { add, makeButton, set, setText } from './svg'

/** The room that a label takes, in pixels, for each of its letters, about, and around it. */
const LETTER = 7
const AROUND = 20
const HEIGHT = 21

/** A link in the picture: a wire, and above what moves along it a plate with its name. */
export class LinkView {
  /** The plate, by which it is chosen. */
  readonly element: SVGGElement
  readonly #link: string
  readonly #ends: string
  readonly #wire: SVGGElement
  readonly #line: SVGPathElement
  readonly #reach: SVGPathElement
  readonly #tip: SVGPathElement
  readonly #plate: SVGRectElement
  readonly #text: SVGTextElement
  readonly #name: SVGTSpanElement
  readonly #rate: SVGTSpanElement
  #curve: Curve | undefined
  #center: Point = { x: 0, y: 0 }

  constructor(
    { wires, plates }: { wires: Element; plates: Element },
    { link, from, to }: Wire,
    choose: () => void,
  ) {
    this.#link = link
    this.#ends = `from ${nameOf(from)} to ${nameOf(to)}`
    this.#wire = add(wires, 'g', { class: 'wire' })
    this.#reach = add(this.#wire, 'path', { class: 'reach' })
    this.#line = add(this.#wire, 'path', { class: 'line', 'stroke-width': 1.5 })
    this.#tip = add(this.#wire, 'path', { class: 'tip', d: 'M0 0 L-9 -4.5 L-9 4.5 Z' })
    this.#wire.addEventListener('click', choose)
    this.element = add(plates, 'g', { class: 'plate' })
    this.#plate = add(this.element, 'rect', { rx: HEIGHT / 2, height: HEIGHT })
    this.#text = add(this.element, 'text')
    this.#name = add(this.#text, 'tspan', { class: 'name' })
    this.#rate = add(this.#text, 'tspan', { dx: 5 })
    this.#name.textContent = link
    makeButton(this.element, choose)
  }

  remove(): void {
    this.element.remove()
    this.#wire.remove()
  }

  get curve(): Curve | undefined {
    return this.#curve
  }

  get size(): Size {
    return sizeOfPlate(this.#link)
  }

  place({ curve, center }: PlacedWire): void {
    this.#curve = curve
    this.#center = center
    for (const path of [this.#line, this.#reach]) set(path, { d: toPath(curve) })
    const { x, y } = curve.end
    set(this.#tip, { transform: `translate(${x} ${y}) rotate(${directionAtEnd(curve)})` })
    this.#placePlate()
  }

  select(isSelected: boolean): void {
    set(this.element, { 'aria-pressed': String(isSelected) })
    set(this.#wire, { 'data-selected': String(isSelected) })
  }

  /** @param ports  How many of its ports are open. */
  show(figures: Figures, ports: number): void {
    const { messageRate, failures, messages } = figures
    setText(this.#rate, messageRate > 0 ? perSecond(messageRate) : '')
    set(this.#line, { 'stroke-width': (1.5 + Math.log10(1 + messageRate) * 1.4).toFixed(1) })
    set(this.#wire, { 'data-open': String(ports > 0) })
    set(this.element, {
      'data-open': String(ports > 0),
      'data-ails': String(failures > 0),
      'aria-label':
        `Link ${this.#link} ${this.#ends}: ${ports} ${ports === 1 ? 'port' : 'ports'} open, ${inCount(messages)} messages, ` +
        `${perSecond(messageRate)}, half of the calls within ${inMilliseconds(figures.percentile(0.5))}, ${failures} errors`,
    })
    this.#placePlate()
  }

  #placePlate(): void {
    const { x, y } = this.#center
    const width = this.#text.getComputedTextLength() + AROUND
    const left = (x - width / 2).toFixed(1)
    set(this.#plate, { x: left, y: (y - HEIGHT / 2).toFixed(1), width: width.toFixed(1) })
    set(this.#text, { x: x.toFixed(1), y: (y + 4).toFixed(1) })
  }
}

/** The room that the plate of a link takes, with a rate on it. */
export function sizeOfPlate(link: string): Size {
  return { width: (link.length + 8) * LETTER + AROUND, height: HEIGHT }
}
