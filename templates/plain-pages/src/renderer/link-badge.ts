import type { LinkStatus } from '../ports/link'

/**
 * Shows the state of a link, and which port of it this is: kill the other end to see it change. One whose other end
 * stays down can be tried again.
 */
export function newBadge(link: LinkStatus): HTMLElement {
  const badge = document.createElement('span')
  badge.className = 'link'
  const retry = document.createElement('button')
  retry.type = 'button'
  retry.textContent = 'Try again'
  retry.addEventListener('click', () => link.retry())
  const update = (): void => {
    badge.dataset['state'] = link.state
    const name = link.to === undefined ? link.name : `${link.name} to ${link.to}`
    badge.textContent = link.generation
      ? `${name} · ${link.state} · port ${link.generation}`
      : `${name} · ${link.state}`
    if (link.state === 'down') badge.append(' ', retry)
  }
  update()
  link.onChange(update)
  return badge
}
