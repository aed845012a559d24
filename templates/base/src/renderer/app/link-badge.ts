import type { LinkStatus } from '../../ports/link'

/** A list with a badge for each link. */
export function newLinkList(links: LinkStatus[]): HTMLElement {
  const list = document.createElement('ul')
  list.className = 'links'
  list.append(...links.map(newBadge))
  return list
}

/** Shows the state of a link, and which port of it this is: kill the other end to see it change. */
function newBadge(link: LinkStatus): HTMLElement {
  const badge = document.createElement('li')
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
