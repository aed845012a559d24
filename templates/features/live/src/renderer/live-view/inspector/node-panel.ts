import type { Harm, Place, Process } from '../../../live/contract'
import { topology } from '../../../topology'
import type { Agents } from '../model/agents'
import type { Processes } from '../model/processes'
import { inBytes, inCount, nameOf } from '../words'
import { Facts, element } from './element'
import { type Choice, newHarms } from './harms'

interface Offer {
  how: Harm
  label: string
  about: string
}

const RELOAD: Offer = {
  how: 'reload',
  label: 'Reload',
  about: 'The page begins anew: its ports close, and its links come back with the next generation.',
}
const CRASH: Offer = {
  how: 'crash',
  label: 'Crash',
  about: 'Its process dies. Pending calls fail with the code closed; the page is loaded again.',
}
const OF_PROCESS: Offer[] = [
  {
    how: 'kill',
    label: 'Kill',
    about: 'The system ends its process at once, with no last words. It is started again.',
  },
  {
    how: 'stop',
    label: 'Stop',
    about:
      'It hangs: nothing is answered, and nothing closes. Only a heartbeat or a timeout tells.',
  },
  { how: 'continue', label: 'Go on', about: 'A process that was stopped works on, and answers.' },
]
const BLOCK: Offer = {
  how: 'block',
  label: 'Block',
  about: 'Main does nothing for 2 seconds. Ports between other processes go on; new ones wait.',
}

const OFFERS: Record<string, Offer[]> = {
  window: [RELOAD, CRASH, ...OF_PROCESS],
  'worker-window': [RELOAD, CRASH, ...OF_PROCESS],
  view: [RELOAD, CRASH, ...OF_PROCESS],
  'utility-process': OF_PROCESS,
  main: [BLOCK],
}

const WORDS: Record<Process['state'], string> = {
  running: 'running',
  stopped: 'stopped',
  gone: 'lost',
  absent: 'not running',
}

/** What is known of a node, and what can be done to it. */
export class NodePanel {
  readonly element: HTMLElement
  readonly #place: Place
  readonly #agents: Agents
  readonly #processes: Processes
  readonly #facts = new Facts()
  /** Which one is meant, where many have one box. */
  readonly #member = element('select', { 'aria-label': 'Which one' })

  constructor(place: Place, agents: Agents, processes: Processes) {
    const { node, key } = place
    this.#place = place
    this.#agents = agents
    this.#processes = processes
    const { kind } = topology.nodes[node as keyof typeof topology.nodes]
    const choices = (OFFERS[kind] ?? []).map(({ how, ...offer }): Choice => {
      return {
        ...offer,
        run: () => processes.desk.call.harm(node, key ?? (this.#member.value || undefined), how),
      }
    })
    this.element = element(
      'div',
      {},
      element('h2', {}, nameOf(place)),
      this.#facts.element,
      element('h3', {}, 'Faults on purpose'),
      this.#member,
      newHarms(choices),
    )
    this.#facts.set('kind', kind)
  }

  show(): void {
    const processes = this.#processes.of(this.#place)
    const isOne = this.#place.key !== undefined
    this.#listMembers(isOne ? [] : processes.flatMap(({ key }) => key ?? []))
    if (isOne && processes.length === 0) this.#facts.set('state', 'closed', true)
    for (const process of processes) {
      const { key, pid, state, memory, cpu } = process
      const ports = this.#agents.portsOf(process)
      const of = isOne || key === undefined ? '' : ` of ${key}`
      this.#facts.set(`state${of}`, WORDS[state], state !== 'running')
      this.#facts.set(`process${of}`, pid === 0 ? '–' : String(pid))
      this.#facts.set(`memory${of}`, inBytes(memory))
      this.#facts.set(`processor${of}`, `${Math.round(cpu * 100)} %`)
      this.#facts.set(`ports open${of}`, ports === undefined ? '–' : inCount(ports))
      this.#facts.set(`restarted${of}`, `${this.#processes.restartsOf(process)} times`)
    }
  }

  #listMembers(keys: string[]): void {
    this.#member.hidden = keys.length === 0
    if (keys.join() === [...this.#member.options].map(({ text }) => text).join()) return
    const { value } = this.#member
    this.#member.replaceChildren(...keys.map((key) => new Option(key)))
    if (keys.includes(value)) this.#member.value = value
  }
}
