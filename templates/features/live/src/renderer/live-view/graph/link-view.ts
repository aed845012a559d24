import type { Figures } from '../model/figures'
import { inCount, inMilliseconds, perSecond } from '../words'
import { type Curve, directionAtEnd, pointOn, toPath } from './curve'
import { add, makeButton, set, setText } from './svg'

/** The room that a label takes, in pixels, for each of its letters and around it. */
const LETTER = 6.4
const AROUND = 18
const HEIGHT = 21

/** A link in the picture: a wire with its name on it. */
export class LinkView {
  readonly element: SVGGElement
  readonly #link: string
  readonly #ends: string
  readonly #wire: SVGPathElement
  readonly #reach: SVGPathElement
  readonly #tip: SVGPathElement
  readonly #plate: SVGRectElement
  readonly #label: SVGTextElement
  #curve: Curve | undefined
  #labelAt = 0.5

  constructor(parent: Element, link: string, from: string, to: string, choose: () => void) {
    this.#link = link
    this.#ends = `from ${from} to ${to}`
    this.element = add(parent, 'g', { class: 'edge' })
    this.#reach = add(this.element, 'path', { class: 'reach' })
    this.#wire = add(this.element, 'path', { class: 'wire', 'stroke-width': 1.5 })
    this.#tip = add(this.element, 'path', { class: 'tip', d: 'M0 0 L-9 -4.5 L-9 4.5 Z' })
    this.#plate = add(this.element, 'rect', { rx: HEIGHT / 2, height: HEIGHT })
    this.#label = add(this.element, 'text')
    makeButton(this.element, choose)
  }

  get curve(): Curve | undefined {
    return this.#curve
  }

  /** @param labelAt  Where on the way its label is, from 0 to 1. */
  place(curve: Curve, labelAt: number): void {
    this.#curve = curve
    this.#labelAt = labelAt
    for (const path of [this.#wire, this.#reach]) set(path, { d: toPath(curve) })
    const { x, y } = curve.end
    set(this.#tip, { transform: `translate(${x} ${y}) rotate(${directionAtEnd(curve)})` })
    this.#placeLabel()
  }

  /** @param ports  How many of its ports are open. */
  show(figures: Figures, ports: number): void {
    const { messageRate, failures, messages } = figures
    const rate = messageRate > 0 ? perSecond(messageRate) : ''
    setText(this.#label, [this.#link, rate].filter(Boolean).join('  '))
    set(this.#wire, { 'stroke-width': (1.5 + Math.log10(1 + messageRate) * 1.4).toFixed(1) })
    set(this.element, {
      'data-open': String(ports > 0),
      'data-ails': String(failures > 0),
      'aria-label':
        `Link ${this.#link} ${this.#ends}: ${ports} ${ports === 1 ? 'port' : 'ports'} open, ${inCount(messages)} messages, ` +
        `${perSecond(messageRate)}, half of the calls within ${inMilliseconds(figures.percentile(0.5))}, ${failures} errors`,
    })
    this.#placeLabel()
  }

  #placeLabel(): void {
    if (!this.#curve) return
    const { x, y } = pointOn(this.#curve, this.#labelAt)
    const width = (this.#label.textContent?.length ?? 0) * LETTER + AROUND
    set(this.#plate, { x: (x - width / 2).toFixed(1), y: (y - HEIGHT / 2).toFixed(1), width })
    set(this.#label, { x: x.toFixed(1), y: (y + 4).toFixed(1) })
  }
}
