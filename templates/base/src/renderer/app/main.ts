/** The first window. It shows one demo for each topology; replace them with your app. */
import { demos } from './demos'
import { newLinkList } from './link-badge'
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

addTabs(document.querySelector('#tabs') as HTMLElement, tabs)
