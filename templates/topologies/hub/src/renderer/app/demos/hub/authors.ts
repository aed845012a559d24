import type { Author } from '../../../../contracts/overview'

/** What can be had for an author, by the names of `contracts/hub-desk.ts`. */
export type Action = 'showWindow' | 'closeWindow' | 'crashWindow'

/** Shows all authors, each with its buttons. The rows stay, and so does the keyboard's focus. */
export function showAuthors(
  list: HTMLElement,
  authors: Author[],
  onAction: (action: Action, author: string) => void,
): void {
  const known = new Map([...list.children].map((row) => [(row as HTMLElement).dataset['key'], row]))
  const rows = authors.map((author) => {
    const row = (known.get(author.key) as HTMLElement | undefined) ?? newRow(author.key, onAction)
    update(row, author)
    return row
  })
  for (const row of list.children) if (!rows.includes(row as HTMLElement)) row.remove()
  list.append(...rows.filter((row) => row.parentElement !== list))
}

function newRow(key: string, onAction: (action: Action, author: string) => void): HTMLElement {
  const row = document.createElement('li')
  const who = document.createElement('span')
  const name = document.createElement('strong')
  row.dataset['key'] = key
  who.className = 'who'
  name.textContent = key
  who.append(name, document.createElement('small'))
  row.append(who)
  for (const action of ['showWindow', 'closeWindow', 'crashWindow'] as const) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = action
    button.addEventListener('click', () => onAction(action, key))
    row.append(button)
  }
  return row
}

function update(row: HTMLElement, { key, isHere, edits, canUndo }: Author): void {
  const setText = (selector: string, text: string): void => {
    const element = row.querySelector(selector) as HTMLElement
    if (element.textContent !== text) element.textContent = text
  }
  const count = edits === 1 ? '1 edit' : `${edits.toLocaleString()} edits`
  const undo = canUndo ? 'can be undone' : 'nothing to undo'
  row.dataset['isHere'] = String(isHere)
  setText('small', `${isHere ? 'here' : 'closed'} · ${count} · ${undo}`)
  setText('.showWindow', isHere ? 'Show' : 'Open again')
  setText('.closeWindow', 'Close')
  setText('.crashWindow', 'Crash')
  for (const button of row.querySelectorAll<HTMLButtonElement>('.closeWindow, .crashWindow')) {
    button.hidden = !isHere
    button.setAttribute('aria-label', `${button.textContent} the window of ${key}`)
  }
}
