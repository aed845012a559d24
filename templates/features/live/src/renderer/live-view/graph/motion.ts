import { type Curve, pointOn } from './curve'
import { add, set } from './svg'

/** How often dots are drawn, in milliseconds: more often nobody sees, and the app needs its processor. */
const STEP_MS = 30

/** For how long a dot is on its way, in milliseconds, and how many are at once. */
const TRIP_MS = 650
const MOST = 240

interface Dot {
  readonly element: SVGCircleElement
  readonly curve: Curve
  readonly isBack: boolean
  readonly since: number
}

/** Dots that move along the links: one for a message, few for many. */
export class Motion {
  readonly #layer: Element
  readonly #moving: Dot[] = []
  #drawnAt = 0
  readonly #spare: SVGCircleElement[] = []
  readonly #isUnwanted = matchMedia('(prefers-reduced-motion: reduce)')

  constructor(layer: Element) {
    this.#layer = layer
  }

  /** @param count  How many messages have passed since the frame before. */
  send(curve: Curve, count: number, isBack: boolean, now: number): void {
    if (count === 0 || this.#isUnwanted.matches) return
    const dots = Math.min(5, Math.ceil(Math.log2(count + 1)))
    for (let index = 0; index < dots && this.#moving.length < MOST; index++) {
      const element = this.#spare.pop() ?? add(this.#layer, 'circle', { r: 3.6 })
      set(element, { class: isBack ? 'dot back' : 'dot', visibility: 'hidden' })
      this.#moving.push({ element, curve, isBack, since: now + index * (100 / dots) })
    }
  }

  draw(now: number): void {
    if (now - this.#drawnAt < STEP_MS) return
    this.#drawnAt = now
    for (let index = this.#moving.length - 1; index >= 0; index--) {
      const { element, curve, isBack, since } = this.#moving[index] as Dot
      const share = (now - since) / TRIP_MS
      if (share < 0) continue
      if (share > 1) {
        set(element, { visibility: 'hidden' })
        this.#spare.push(element)
        this.#moving.splice(index, 1)
        continue
      }
      const { x, y } = pointOn(curve, isBack ? 1 - share : share)
      set(element, { visibility: 'visible', cx: x.toFixed(1), cy: y.toFixed(1) })
    }
  }
}
