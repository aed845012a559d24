/** The tabs of a window in their order, and which of them is shown: one, as long as there is any. */
export class TabOrder<Tab> {
  readonly #tabs: Tab[] = []
  #shown: Tab | undefined

  get all(): readonly Tab[] {
    return this.#tabs
  }

  get shown(): Tab | undefined {
    return this.#shown
  }

  /** Puts a tab at the end, and shows it. */
  add(tab: Tab): void {
    this.#tabs.push(tab)
    this.#shown = tab
  }

  show(tab: Tab): void {
    if (this.#tabs.includes(tab)) this.#shown = tab
  }

  /** Where it was shown, its right neighbour is from then on, or its left one. */
  remove(tab: Tab): void {
    const place = this.#tabs.indexOf(tab)
    if (place < 0) return
    this.#tabs.splice(place, 1)
    if (this.#shown === tab) this.#shown = this.#tabs[place] ?? this.#tabs.at(-1)
  }

  /** @param place  0 is the first. What is beyond the ends is at the end. */
  reorder(tab: Tab, place: number): void {
    const from = this.#tabs.indexOf(tab)
    if (from < 0 || !Number.isSafeInteger(place)) return
    this.#tabs.splice(from, 1)
    this.#tabs.splice(Math.max(0, place), 0, tab)
  }

  /** The tab so many places after the one that is shown; after the last comes the first. */
  after(step: number): Tab | undefined {
    const count = this.#tabs.length
    const place = this.#tabs.indexOf(this.#shown as Tab) + step
    return this.#tabs[((place % count) + count) % count]
  }
}
