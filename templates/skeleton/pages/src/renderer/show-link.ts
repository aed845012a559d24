import type { Link } from '../ports/link'
import { newBadge } from './link-badge'
import './own-links.css'

/**
 * Shows a link in the list of this page, until it is closed: its state, and what it was answered when it was last
 * connected.
 */
export function showLink<Contract extends object>(
  link: Link<Contract>,
  ask: (link: Link<Contract>) => Promise<string>,
): Link<Contract> {
  const row = document.createElement('li')
  const answer = document.createElement('output')
  row.id = link.to === undefined ? link.name : `${link.name}:${link.to}`
  row.append(newBadge(link), answer)
  findList().append(row)
  link.onChange(async () => {
    if (link.state === 'closed') row.remove()
    if (link.state === 'connected') answer.textContent = await ask(link).catch(String)
  })
  return link
}

/** A page that has no place for them, such as a demo's, gets one at its end. */
function findList(): Element {
  const found = document.querySelector('.own-links')
  if (found) return found
  const list = document.createElement('ul')
  list.className = 'own-links at-end'
  document.body.append(list)
  return list
}
