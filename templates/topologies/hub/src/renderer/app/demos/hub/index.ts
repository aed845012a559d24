/**
 * The first window's side of the demo: it shows how the hub sees things, over the link `overview`, and has main open and
 * close document windows over the link `hub-desk`. It takes no part in the writing.
 */
import type { HubDesk } from '../../../../contracts/hub-desk'
import type { Overview } from '../../../../contracts/overview'
import { Link, type LinkStatus } from '../../../../ports/link'
import { ports } from '../../ports'
import { newStatusLine } from '../../status-line'
import { showAuthors } from './authors'
import './demo.css'

export { default as html } from './demo.html?raw'

/** Starts the demo inside of `root`, which holds its HTML. Gives the links it uses. */
export function start(root: HTMLElement): LinkStatus[] {
  const find = (selector: string) => root.querySelector(selector) as HTMLElement
  const overview = new Link(ports, 'overview')
  const desk: Link<HubDesk> = new Link(ports, 'hub-desk')
  const { say, complain } = newStatusLine(find('.status'))

  /** Follows the hub for as long as the page lives, by whichever port the link has. */
  async function followHub(): Promise<void> {
    for (;;) {
      try {
        const signal = new AbortController().signal
        for await (const state of overview.with({ credit: 2 }).stream.watch(signal)) show(state)
      } catch (error) {
        if ((error as { code?: string }).code !== 'closed') return complain(error)
      }
    }
  }

  function show({ authors, revision, length, beginning }: Overview): void {
    find('.text').textContent = length > beginning.length ? `${beginning}…` : beginning
    find('.figures').textContent =
      `revision ${revision.toLocaleString()} · ${length.toLocaleString()} characters`
    showAuthors(find('.authors'), authors, (action, author) => {
      desk.call[action](author).catch(complain)
    })
  }

  overview.onChange(() => {
    if (overview.state === 'connected') say('')
    if (overview.state === 'lost') say('The hub is gone. The windows bring it the text again.')
  })
  find('.open').addEventListener('click', () => void desk.call.openWindow().catch(complain))
  find('.kill').addEventListener('click', () => void desk.call.killHub().catch(complain))
  void followHub()
  return [overview, desk]
}
