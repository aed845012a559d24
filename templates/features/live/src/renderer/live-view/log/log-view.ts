import type { Log, Row } from '../../../live/log'
import { type Filter, isShown } from './filter'
import { RowView } from './row-view'

/** The height of a row, in pixels, as in `log.css`. */
const HEIGHT = 26

/** The list of messages. Only the rows that are in sight are in the document. */
export class LogView {
  readonly #log: Log
  readonly #list: HTMLElement
  readonly #space: HTMLElement
  readonly #empty: HTMLElement
  readonly #choose: (row: Row) => void
  readonly #views: RowView[] = []
  /** The numbers of the rows that pass the filter; those before `#head` are gone. */
  #shown: number[] = []
  #head = 0
  /** The first row that was not yet held against the filter. */
  #next = 0
  #filter: Filter = { text: '', link: '', kind: '', node: '' }
  #selected = -1
  /** Of the log, as it is drawn. */
  #version = -1
  /** Whether the newest is to be in sight. */
  #follows = true

  constructor(list: HTMLElement, log: Log, choose: (row: Row) => void) {
    this.#log = log
    this.#list = list
    this.#choose = choose
    this.#space = list.querySelector('.space') as HTMLElement
    this.#empty = list.querySelector('.empty') as HTMLElement
    list.addEventListener('scroll', () => {
      this.#follows = list.scrollTop + list.clientHeight >= this.#height - HEIGHT
      this.#draw()
    })
    list.addEventListener('keydown', (event) => this.#press(event))
    new ResizeObserver(() => this.#draw()).observe(list)
  }

  get #height(): number {
    return this.#count * HEIGHT
  }

  get #count(): number {
    return this.#shown.length - this.#head
  }

  filter(filter: Filter): void {
    this.#filter = filter
    this.#begin()
  }

  /** Shows a row, and goes there. */
  goTo(number: number): void {
    const row = this.#log.at(number)
    if (!row) return
    this.#selected = number
    this.#choose(row)
    const place = this.#placeOf(number)
    if (place >= 0) this.#reveal(place)
    this.#draw()
  }

  /** Takes in what is new. To be called in a frame: most bring nothing, and nothing is measured or drawn in them. */
  update(): void {
    if (this.#log.version === this.#version) return
    this.#version = this.#log.version
    if (this.#next > this.#log.next || this.#next < this.#log.first) this.#next = this.#log.first
    for (; this.#next < this.#log.next; this.#next++) {
      const row = this.#log.at(this.#next) as Row
      if (isShown(row, this.#filter)) this.#shown.push(this.#next)
    }
    this.#dropOld()
    // First, or it would be scrolled to where the end was, and no more be followed.
    this.#space.style.height = `${this.#height}px`
    if (this.#follows) this.#list.scrollTop = this.#height
    this.#draw()
  }

  /** Begins anew: after a filter, or when all was cleared. */
  #begin(): void {
    this.#shown = []
    this.#head = 0
    this.#next = this.#log.first
    this.#follows = true
    this.#version = -1
    this.update()
  }

  clear(): void {
    this.#selected = -1
    this.#begin()
  }

  #dropOld(): void {
    const before = this.#head
    while (
      this.#head < this.#shown.length &&
      (this.#shown[this.#head] as number) < this.#log.first
    ) {
      this.#head += 1
    }
    // What is read stays where it is.
    if (!this.#follows) this.#list.scrollTop -= (this.#head - before) * HEIGHT
    if (this.#head < 10_000) return
    this.#shown = this.#shown.slice(this.#head)
    this.#head = 0
  }

  #draw(): void {
    this.#empty.hidden = this.#count > 0
    const first = Math.max(0, Math.floor(this.#list.scrollTop / HEIGHT) - 2)
    const most = Math.ceil(this.#list.clientHeight / HEIGHT) + 4
    const last = Math.min(this.#count, first + most)
    for (let place = first; place < last; place++) this.#drawRow(this.#viewAt(place - first), place)
    for (const view of this.#views.slice(Math.max(0, last - first))) view.element.hidden = true
    const active = this.#placeOf(this.#selected) >= 0 ? `row-${this.#selected}` : ''
    this.#list.setAttribute('aria-activedescendant', active)
  }

  #drawRow(view: RowView, place: number): void {
    const row = this.#log.at(this.#shown[this.#head + place] as number)
    view.element.hidden = !row
    if (!row) return
    view.show(row, place * HEIGHT, row.number === this.#selected)
    view.element.ariaPosInSet = String(place + 1)
    view.element.ariaSetSize = String(this.#count)
  }

  #viewAt(index: number): RowView {
    const known = this.#views[index]
    if (known) return known
    const view = new RowView((row) => this.goTo(row.number))
    this.#views.push(view)
    this.#list.append(view.element)
    return view
  }

  #press(event: KeyboardEvent): void {
    const page = Math.floor(this.#list.clientHeight / HEIGHT)
    const steps: Record<string, number> = {
      ArrowUp: -1,
      ArrowDown: 1,
      PageUp: -page,
      PageDown: page,
      Home: -Infinity,
      End: Infinity,
    }
    const step = steps[event.key]
    if (step === undefined || this.#count === 0) return
    event.preventDefault()
    const at = this.#placeOf(this.#selected)
    const from = at < 0 ? this.#count : at
    const place = Math.min(Math.max(from + step, 0), this.#count - 1)
    this.goTo(this.#shown[this.#head + place] as number)
  }

  /** Where in the list a row is; -1 when it is not. */
  #placeOf(number: number): number {
    let [low, high] = [this.#head, this.#shown.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#shown[middle] as number) < number) low = middle + 1
      else high = middle
    }
    return this.#shown[low] === number ? low - this.#head : -1
  }

  #reveal(place: number): void {
    const top = place * HEIGHT
    const { scrollTop, clientHeight } = this.#list
    if (top < scrollTop) this.#list.scrollTop = top
    else if (top + HEIGHT > scrollTop + clientHeight)
      this.#list.scrollTop = top + HEIGHT - clientHeight
  }
}
