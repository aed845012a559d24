import { exportRows } from '../../../live/exported'
import { type Log, MOST_ROWS } from '../../../live/log'
import { topology } from '../../../topology'
import { inCount } from '../words'
import type { LogView } from './log-view'

/** What is above the list: its filter, and what is done with all of it. */
export class Tools {
  readonly #root: HTMLElement
  readonly #log: Log

  /** @param save  Has a text kept in a file. */
  constructor(root: HTMLElement, log: Log, view: LogView, save: (text: string) => Promise<void>) {
    this.#root = root
    this.#log = log
    addOptions(this.#find('#link'), Object.keys(topology.links))
    addOptions(this.#find('#node'), Object.keys(topology.nodes))
    const filter = (): void => {
      const valueOf = (id: string): string => this.#find<HTMLInputElement>(id).value
      view.filter({
        text: valueOf('#text'),
        link: valueOf('#link'),
        kind: valueOf('#kind'),
        node: valueOf('#node'),
      })
    }
    for (const id of ['#text', '#link', '#kind', '#node'])
      this.#find(id).addEventListener('input', filter)
    this.#onClick('#pause', (button) => {
      log.isPaused = !log.isPaused
      button.textContent = log.isPaused ? 'Go on' : 'Pause'
    })
    this.#onClick('#clear', () => {
      log.clear()
      view.clear()
    })
    // All that is kept: what the filter hides as well.
    this.#onClick('#export', () => {
      save(JSON.stringify(exportRows(log), undefined, 2)).catch((error: unknown) => {
        this.#find('#kept').textContent = `Not exported: ${(error as Error).message}`
      })
    })
  }

  /**
   * Says how much is kept, and what is not.
   *
   * @param members  Of nodes of which there are many.
   */
  show(members: string[]): void {
    const known = [...this.#find<HTMLSelectElement>('#node').options].map(({ text }) => text)
    addOptions(
      this.#find('#node'),
      members.filter((member) => !known.includes(member)),
    )
    const { first, next, unlisted, forgotten } = this.#log
    const parts = [
      `${inCount(next - first)} kept`,
      ...(forgotten > 0 ? [`${inCount(forgotten)} older ones gone`] : []),
      ...(unlisted > 0 ? [`${inCount(unlisted)} counted only`] : []),
    ]
    const text = parts.join(' · ')
    const output = this.#find('#kept')
    if (output.textContent !== text) output.textContent = text
    output.title = `The last ${MOST_ROWS.toLocaleString('en')} are kept. Of a flood, and while the log is paused, messages are counted only.`
  }

  #find<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
    return this.#root.querySelector(selector) as Kind
  }

  #onClick(selector: string, run: (button: HTMLElement) => void): void {
    const button = this.#find(selector)
    button.addEventListener('click', () => run(button))
  }
}

function addOptions(select: HTMLElement, names: string[]): void {
  for (const name of names) select.append(new Option(name))
}
