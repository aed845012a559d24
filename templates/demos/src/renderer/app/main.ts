/** The first window. It shows one demo for each topology; replace them with your app. */
import { demos } from './demos'
import type { LinkStatus } from '../../ports/link'
import { newBadge } from '../link-badge'
import { addTabs } from './tabs'

const page = document.querySelector('#demos') as HTMLElement
const links = document.querySelector('#links') as HTMLElement

const tabs = Object.entries(demos).map(([title, { html, start }]) => {
  const card = document.createElement('section')
  card.className = 'card'
  card.innerHTML = html
  page.append(card)
  const list = newLinkList(start(card))
  links.append(list)
  return { title, panels: [card, list] }
})

/** A list with a badge for each link. */
function newLinkList(all: LinkStatus[]): HTMLElement {
  const list = document.createElement('ul')
  list.className = 'links'
  list.append(
    ...all.map((link) => {
      const item = document.createElement('li')
      item.append(newBadge(link))
      return item
    }),
  )
  return list
}

addTabs(document.querySelector('#tabs') as HTMLElement, tabs)
