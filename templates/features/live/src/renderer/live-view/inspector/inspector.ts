import type { Row } from '../../../live/log'
import type { Selection } from '../graph/graph'
import type { Agents } from '../model/agents'
import type { Processes } from '../model/processes'
import { element } from './element'
import { LinkPanel } from './link-panel'
import { NodePanel } from './node-panel'
import { RowPanel } from './row-panel'

interface Panel {
  readonly element: HTMLElement
  show(): void
}

/** Shows what is selected, be it a node, a link or a message. */
export class Inspector {
  readonly #root: HTMLElement
  readonly #agents: Agents
  readonly #processes: Processes
  readonly #goTo: (number: number) => void
  #panel: Panel | undefined

  /** @param goTo  Selects a message by its number. */
  constructor(
    root: HTMLElement,
    agents: Agents,
    processes: Processes,
    goTo: (number: number) => void,
  ) {
    this.#root = root
    this.#agents = agents
    this.#processes = processes
    this.#goTo = goTo
    root.append(newStart())
  }

  select(what: Selection | { row: Row }): void {
    this.#panel = this.#newPanel(what)
    this.#panel.show()
    this.#root.replaceChildren(this.#panel.element)
  }

  show(): void {
    this.#panel?.show()
  }

  #newPanel(what: Selection | { row: Row }): Panel {
    if ('place' in what) return new NodePanel(what.place, this.#agents, this.#processes)
    if ('wire' in what) return new LinkPanel(what.wire, this.#agents)
    return new RowPanel(what.row, this.#goTo)
  }
}

function newStart(): HTMLElement {
  return element(
    'div',
    {},
    element('h2', {}, 'Ports at work'),
    element(
      'ul',
      { class: 'start' },
      newHint('Choose a node', 'for its process, and to crash, kill or stop it.'),
      newHint(
        'Choose a link',
        'for its figures, to ask by hand what is served on it, and to drop or slow it.',
      ),
      newHint('Choose a message', 'for all of its question and answer.'),
      newHint('Only here.', 'This window comes in development, and no build that you ship has it.'),
    ),
  )
}

function newHint(what: string, text: string): HTMLElement {
  return element('li', {}, element('strong', {}, what), ` ${text}`)
}
