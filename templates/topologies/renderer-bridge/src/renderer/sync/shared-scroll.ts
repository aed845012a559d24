/**
 * Keeps an element scrolled to the same place as one in another window. A place is a part of the way, for
 * the two are of different heights: 0 is the top, 1 the end.
 */
export class SharedScroll {
  readonly #element: HTMLElement
  #place = 0
  /** Where `follow` has put the element: the event of that is an echo, and not to be sent back. */
  #followed = 0

  /** @param onScroll  Called when the user scrolls, and not when `follow` does. */
  constructor(element: HTMLElement, onScroll: (place: number) => void) {
    this.#element = element
    element.addEventListener('scroll', () => {
      if (element.scrollTop === this.#followed) return
      this.#followed = Number.NaN
      this.#place = element.scrollTop / Math.max(1, this.#way)
      onScroll(this.#place)
    })
  }

  get place(): number {
    return this.#place
  }

  /** Scrolls to a place, or to the present one again, after the element has changed its height. */
  follow(place = this.#place): void {
    if (!Number.isFinite(place)) return
    this.#place = Math.min(Math.max(place, 0), 1)
    this.#element.scrollTop = this.#place * this.#way
    this.#followed = this.#element.scrollTop
  }

  get #way(): number {
    return this.#element.scrollHeight - this.#element.clientHeight
  }
}
