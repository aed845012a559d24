/** What is seen while one tab is selected, and hidden while another is. */
interface Tab {
  title: string
  panels: HTMLElement[]
}

/** Where the selected tab is kept: it stays selected when the page is loaded again. */
const KEY = 'tab'

/** Puts a button for each tab into `bar`, and selects one. A single one needs no bar. */
export function addTabs(bar: HTMLElement, tabs: Tab[]): void {
  const buttons = tabs.map(({ title }) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = title
    return button
  })
  const select = (selected: number): void => {
    sessionStorage.setItem(KEY, tabs[selected]?.title ?? '')
    for (const [index, { panels }] of tabs.entries()) {
      for (const panel of panels) panel.hidden = index !== selected
      buttons[index]?.setAttribute('aria-current', String(index === selected))
    }
  }
  for (const [index, button] of buttons.entries()) {
    button.addEventListener('click', () => select(index))
  }
  if (tabs.length > 1) bar.append(...buttons)
  const last = tabs.findIndex(({ title }) => title === sessionStorage.getItem(KEY))
  select(Math.max(last, 0))
}
