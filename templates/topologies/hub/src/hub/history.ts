import { type Change, cross } from '../shared-text/change'

/** How many changes of one author can be taken back. */
const MAX_KEPT = 200

/** Changes that follow each other within so many milliseconds are one step. */
const STEP_MS = 700

interface Undoable {
  /** What takes it back, from the text in which all that came after it is taken back. */
  change: Change
  step: number
}

/** Makes a change to the text, and gives what takes it back. */
export type Make = (change: Change) => Change

/**
 * What one author has done, and what was taken back of it. Both stacks have their latest first, and move along with what
 * the others change: so undo takes back the author's own work alone, wherever that is by now.
 */
export class History {
  #done: Undoable[] = []
  #undone: Undoable[] = []
  #step = 0
  #lastAt = -Infinity

  get canUndo(): boolean {
    return this.#done.length > 0
  }

  /** The author has made a change, at a time in milliseconds. */
  add(inverse: Change, now: number): void {
    if (now - this.#lastAt > STEP_MS) this.#step += 1
    this.#lastAt = now
    this.#done.unshift({ change: inverse, step: this.#step })
    this.#done.splice(MAX_KEPT)
    this.#undone = []
  }

  /** Somebody else has made a change. */
  pass(change: Change): void {
    this.#done = passAll(this.#done, change)
    this.#undone = passAll(this.#undone, change)
  }

  /** Takes the last step back. False when there is none. */
  undo(make: Make): boolean {
    return this.#move(this.#done, this.#undone, make)
  }

  redo(make: Make): boolean {
    return this.#move(this.#undone, this.#done, make)
  }

  #move(from: Undoable[], to: Undoable[], make: Make): boolean {
    const step = from[0]?.step
    if (step === undefined) return false
    while (from[0]?.step === step) {
      const { change } = from.shift() as Undoable
      to.unshift({ change: make(change), step })
    }
    this.#lastAt = -Infinity
    return true
  }
}

function passAll(stack: Undoable[], change: Change): Undoable[] {
  const { list } = cross(
    stack.map((each) => each.change),
    change,
  )
  return stack.map(({ step }, index) => ({ change: list[index] as Change, step }))
}
