import type { Person } from '../../contracts/docs'

/** How many colours `style.css` has. */
const COLOURS = 6

/** The colour of an author, by its seat: the same in all windows. */
export function colourOf({ seat }: Person): string {
  return String(seat % COLOURS)
}

/** Somebody in the list of who is here. */
export function newPerson(person: Person): HTMLElement {
  const item = document.createElement('li')
  item.dataset['colour'] = colourOf(person)
  item.textContent = person.key
  return item
}
