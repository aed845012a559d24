/** Opens windows with tabs, and shows which are there: main tells of each change. */
import type { TabWindowInfo } from '../../../../contracts/tab-desk'
import { Link, type LinkStatus } from '../../../../ports/link'
import { ports } from '../../ports'
import { newStatusLine } from '../../status-line'
import './demo.css'

export { default as html } from './demo.html?raw'

/** The pause in milliseconds before main is asked again, where it did not answer. */
const RETRY_MS = 500

/** Starts the demo inside of `root`, which holds its HTML. Gives the link it uses. */
export function start(root: HTMLElement): LinkStatus[] {
  const desk = new Link(ports, 'tab-desk')
  const find = <Kind extends HTMLElement>(selector: string) => root.querySelector(selector) as Kind
  const openButton = find<HTMLButtonElement>('.open')
  const { say, complain } = newStatusLine(find('.status'))

  async function watch(): Promise<void> {
    try {
      for await (const infos of desk.stream.watch(new AbortController().signal)) show(infos)
    } catch (error) {
      complain(error)
      // Then it will never be otherwise.
      if ((error as { code?: unknown }).code === 'TOO_OLD') return
      setTimeout(() => void watch(), RETRY_MS)
    }
  }

  function show(infos: TabWindowInfo[]): void {
    openButton.disabled = false
    find('.windows').replaceChildren(...infos.map((info) => newRow(info, showWindow)))
    const tabs = infos.reduce((sum, { titles }) => sum + titles.length, 0)
    say(infos.length > 0 ? `${inWords(infos.length, 'window')}, ${inWords(tabs, 'tab')}` : '')
  }

  function showWindow(key: string): void {
    desk.call.showWindow(key).catch(complain)
  }

  openButton.addEventListener('click', () => {
    desk.call.openWindow().catch(complain)
  })
  void watch()
  return [desk]
}

function inWords(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function newRow({ key, titles }: TabWindowInfo, showWindow: (key: string) => void): HTMLElement {
  const [row, list] = [document.createElement('li'), document.createElement('div')]
  list.className = 'titles'
  list.append(
    ...titles.map((title) => {
      const tab = document.createElement('span')
      tab.textContent = title
      return tab
    }),
  )
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = `Show window ${key}`
  button.addEventListener('click', () => showWindow(key))
  row.append(list, button)
  return row
}
