/** The first window. It shows one demo for each topology; replace them with your app. */
import { demos } from './demos'
import { showLink } from './link-badge'

const page = document.querySelector('#demos') as HTMLElement
const links = document.querySelector('#links') as HTMLElement

for (const { html, start } of demos) {
  const section = document.createElement('section')
  section.className = 'card'
  section.innerHTML = html
  page.append(section)
  showLink(links, start(section))
}
