import type { Person } from '../contracts/docs'
import { type Change, follow } from '../shared-text/change'

/** Whose windows are open, and where their carets are. */
export class People {
  readonly #people = new Map<string, Person>()
  /** Grows when somebody comes, goes or points: not when an edit moves the carets, which all can see for themselves. */
  #version = 0

  get version(): number {
    return this.#version
  }

  get list(): Person[] {
    return [...this.#people.values()].map((person) => ({ ...person }))
  }

  has(key: string): boolean {
    return this.#people.has(key)
  }

  enter(key: string, seat: number): void {
    this.#people.set(key, { key, seat, place: this.#people.get(key)?.place ?? 0 })
    this.#version += 1
  }

  leave(key: string): void {
    if (this.#people.delete(key)) this.#version += 1
  }

  point(key: string, place: number): void {
    const person = this.#people.get(key)
    if (!person || person.place === place) return
    person.place = place
    this.#version += 1
  }

  /** A change of `author` moves the carets. */
  move(change: Change, author: string): void {
    for (const person of this.#people.values()) moveCaret(person, change, author)
  }
}

/** Moves a caret along with a change of `author`, whose own goes behind what it has inserted. Windows do the same. */
export function moveCaret(person: Person, change: Change, author?: string): void {
  person.place = follow(person.place, change, person.key === author)
}
