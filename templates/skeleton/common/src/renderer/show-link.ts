import type { Link } from '../ports/link'
import { newBadge } from './link-badge'

/** Shows a link in the list of this page: its state, and what it was answered when it was last connected. */
export function showLink<Contract extends object>(
  link: Link<Contract>,
  ask: (link: Link<Contract>) => Promise<string>,
): void {
  const row = document.createElement('li')
  const answer = document.createElement('output')
  row.id = link.name
  row.append(newBadge(link), answer)
  document.querySelector('.own-links')?.append(row)
  link.onChange(async () => {
    if (link.state === 'connected') answer.textContent = await ask(link).catch(String)
  })
}
