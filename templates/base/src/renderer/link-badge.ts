import type { LinkStatus } from '../ports/link'

/** Shows the state of a link, and which port of it this is: kill the other end to see it change. */
export function newBadge(link: LinkStatus): HTMLElement {
  const badge = document.createElement('span')
  badge.className = 'link'
  const update = (): void => {
    badge.dataset['state'] = link.state
    badge.textContent = link.generation
      ? `${link.name} · ${link.state} · port ${link.generation}`
      : `${link.name} · ${link.state}`
  }
  update()
  link.onChange(update)
  return badge
}
