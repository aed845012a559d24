import type { Agents } from '../model/agents'
import type { Wire } from '../model/wires'
import { inBytes, inClock, inCount, inMilliseconds, nameOf, perSecond } from '../words'
import { AskPanel } from './ask-panel'
import { Facts, element } from './element'
import { newHarms } from './harms'

/** For how long a reader is made slow, in milliseconds. */
const SLOW_MS = 10_000

const NOTHING_SEEN =
  'No port of it is open, or it is spoken over without a channel of src/ports: of that nothing is seen.'

/** What is known of a link, what can be asked on it, and what can be done to it. */
export class LinkPanel {
  readonly element: HTMLElement
  readonly #wire: Wire
  readonly #agents: Agents
  readonly #facts = new Facts()
  readonly #ask: AskPanel
  readonly #hint = element('p', {}, NOTHING_SEEN)

  constructor(wire: Wire, agents: Agents) {
    this.#wire = wire
    this.#agents = agents
    this.#ask = new AskPanel(wire, agents)
    this.element = element(
      'div',
      {},
      element('h2', {}, wire.link),
      element('p', {}, describeEnds(wire)),
      this.#facts.element,
      this.#hint,
      element('h3', {}, 'Ask by hand'),
      this.#ask.element,
      element('h3', {}, 'Faults on purpose'),
      newHarms([
        {
          label: 'Drop',
          about:
            'Its ports close at one end. What waits fails with the code closed; the link gets a new port.',
          run: () => this.#drop(),
        },
        {
          label: 'Slow',
          about:
            'For 10 s every reader takes 30 ms for what comes. The credit of streams runs out, and their producers wait.',
          run: () => this.#slow(),
        },
      ]),
    )
  }

  show(): void {
    const figures = this.#agents.figuresOf(this.#wire)
    const { credit, failures } = figures
    const ends = this.#agents.endsOf(this.#wire)
    const ports = new Map(ends.map(({ channel }) => [channel.generation, channel.since]))
    const methods = ends.flatMap(({ channel }) => channel.methods.map(({ name }) => name))
    const latest = Math.max(...ports.keys())
    const since = ports.get(latest)
    this.#facts.set('contract', [...new Set(methods)].join(', ') || '–')
    this.#facts.set('ports open', inCount(ports.size), ports.size === 0)
    this.#facts.set('generation', since ? String(latest) : '–')
    this.#facts.set('open since', since ? inClock(since).slice(0, 8) : '–')
    this.#facts.set('messages', `${inCount(figures.messages)} · ${perSecond(figures.messageRate)}`)
    this.#facts.set('volume', `${inBytes(figures.bytes)} · ${inBytes(figures.byteRate)}/s`)
    this.#facts.set('round trip p50', inMilliseconds(figures.percentile(0.5)))
    this.#facts.set('round trip p99', inMilliseconds(figures.percentile(0.99)))
    this.#facts.set('streams open', String(figures.streams))
    this.#facts.set('credit in use', credit.most > 0 ? `${credit.used} of ${credit.most}` : '–')
    this.#facts.set('errors', inCount(failures), failures > 0)
    this.#hint.hidden = ports.size > 0
    this.#ask.show()
  }

  async #drop(): Promise<void> {
    const ends = this.#agents.endsOf(this.#wire)
    if (ends.length === 0) throw new Error('No port of it is open.')
    const dropped = new Map(ends.map((end) => [end.channel.generation, end]))
    for (const { watched, channel } of dropped.values()) {
      await watched.agent.call.drop({ link: this.#wire.link, generation: channel.generation })
    }
  }

  async #slow(): Promise<void> {
    for (const watched of new Set(this.#agents.endsOf(this.#wire).map((end) => end.watched))) {
      await watched.agent.call.slow(this.#wire.link, SLOW_MS)
    }
  }
}

function describeEnds({ from, to }: Wire): string {
  if (from.node !== to.node) return `${nameOf(from)} opens it, ${nameOf(to)} accepts.`
  return from.key === to.key
    ? `Any of ${from.node} opens it, any other accepts.`
    : `${nameOf(from)} and ${nameOf(to)}: either opens it.`
}
