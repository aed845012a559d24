import { MAX_CHARACTERS, type Person } from '../../contracts/docs'
import { moveCaret } from '../../hub/people'
import { type Change, apply, changeBetween, follow } from '../../shared-text/change'
import { colourOf } from './person'

/** Is told what the user does. */
export interface SheetEvents {
  onEdit(change: Change): void
  onPoint(): void
  onUndo(): void
  onRedo(): void
}

/** The text in a textarea, and behind it, in the same letters unseen, the carets of the others. */
export class Sheet {
  readonly #area: HTMLTextAreaElement
  readonly #carets: HTMLElement
  readonly #author: string
  #text = ''
  #people: Person[] = []
  #isDrawing = false
  #isComposing = false

  constructor(area: HTMLTextAreaElement, carets: HTMLElement, author: string) {
    this.#area = area
    this.#carets = carets
    this.#author = author
    area.maxLength = MAX_CHARACTERS
  }

  /** Where the user's caret is. */
  get place(): number {
    const { selectionDirection, selectionStart, selectionEnd } = this.#area
    return selectionDirection === 'backward' ? selectionStart : selectionEnd
  }

  focus(): void {
    this.#area.focus()
  }

  listen({ onEdit, onPoint, onUndo, onRedo }: SheetEvents): void {
    this.#area.addEventListener('input', () => {
      const change = changeBetween(this.#text, this.#area.value)
      this.#change(change)
      onEdit(change)
    })
    this.#area.addEventListener('compositionstart', () => (this.#isComposing = true))
    this.#area.addEventListener('compositionend', () => (this.#isComposing = false))
    document.addEventListener('selectionchange', onPoint)
    // The browser's own would take back what others have written.
    this.#area.addEventListener('beforeinput', (event) => {
      if (!event.inputType.startsWith('history')) return
      event.preventDefault()
      if (event.inputType === 'historyUndo') onUndo()
      else onRedo()
    })
    this.#area.addEventListener('keydown', (event) => {
      const key = event.key.toLowerCase()
      if (!(event.ctrlKey || event.metaKey) || event.altKey || !['z', 'y'].includes(key)) return
      event.preventDefault()
      if (key === 'z' && !event.shiftKey) onUndo()
      else onRedo()
    })
  }

  /** Resolves when no letter is half typed, as those of many languages are for a while. */
  async isComposed(): Promise<void> {
    if (!this.#isComposing) return
    await new Promise((resolve) => {
      this.#area.addEventListener('compositionend', resolve, { once: true })
    })
  }

  /** Shows a change that came from the hub. The user's caret and selection stay at their words. */
  show(change: Change, author?: string): void {
    const { selectionStart, selectionEnd, selectionDirection } = this.#area
    this.#area.readOnly = false
    if (change.length === 0) return
    this.#change(change, author)
    this.#area.value = this.#text
    const [start, end] = [selectionStart, selectionEnd].map((place) =>
      follow(place, change, author === this.#author),
    ) as [number, number]
    this.#area.setSelectionRange(start, end, selectionDirection)
  }

  showPeople(people: Person[]): void {
    this.#people = people.filter(({ key }) => key !== this.#author)
    this.#drawSoon()
  }

  /** Moves the others' carets, and the text behind them. */
  #change(change: Change, author?: string): void {
    this.#text = apply(this.#text, change)
    for (const person of this.#people) moveCaret(person, change, author)
    this.#drawSoon()
  }

  /** Once a frame, however many edits there are. */
  #drawSoon(): void {
    if (this.#isDrawing) return
    this.#isDrawing = true
    requestAnimationFrame(() => {
      this.#isDrawing = false
      this.#draw()
    })
  }

  #draw(): void {
    let at = 0
    const parts: (Node | string)[] = []
    this.#people.sort((one, other) => one.place - other.place)
    for (const person of this.#people) {
      parts.push(this.#text.slice(at, person.place), newCaret(person))
      at = person.place
    }
    // A last line that is empty would have no height.
    this.#carets.replaceChildren(...parts, `${this.#text.slice(at)}\n`)
  }
}

function newCaret(person: Person): HTMLElement {
  const caret = document.createElement('span')
  const name = document.createElement('b')
  caret.className = 'caret'
  caret.dataset['colour'] = colourOf(person)
  name.textContent = person.key
  caret.append(name)
  return caret
}
