import type { Method, Verb } from '../../../live/contract'
import type { Agents, Watched } from '../model/agents'
import type { Wire } from '../model/wires'
import { inMilliseconds, inShort, nameOf } from '../words'
import { button, element } from './element'
import { parseArguments } from './parse-arguments'

/** How many answers are shown, the newest first. */
const MOST_ANSWERS = 100

/** A method that can be asked for, and by whom. */
interface Offer extends Method {
  asker: Watched
  generation: number
  server: string
}

/** Asks for any method that is served on a link, from the other end of it. */
export class AskPanel {
  readonly element: HTMLElement
  readonly #wire: Wire
  readonly #agents: Agents
  readonly #method = element('select', { 'aria-label': 'Method' })
  readonly #verb = element('select', { 'aria-label': 'As' })
  readonly #args = element('textarea', {
    'aria-label': 'Arguments',
    placeholder: "Arguments, such as  { path: '/tmp' }, 3",
    spellcheck: 'false',
  })
  readonly #status = element('span', { role: 'status' })
  readonly #answers = element('ol', { class: 'answers', 'aria-label': 'Answers' })
  readonly #ask = button('Ask', () => void this.#run())
  readonly #stop = button('Stop', () => this.#running?.abort())
  #offers: Offer[] = []
  #running: AbortController | undefined

  constructor(wire: Wire, agents: Agents) {
    this.#wire = wire
    this.#agents = agents
    this.#ask.className = 'primary'
    for (const verb of ['call', 'stream', 'notify']) this.#verb.append(new Option(verb))
    this.#method.addEventListener('input', () => this.#chooseVerb())
    const buttons = element('div', { class: 'buttons' }, this.#ask, this.#stop, this.#status)
    const form = element('div', { class: 'ask' }, this.#method, this.#verb, this.#args, buttons)
    this.element = element('div', {}, form, this.#answers)
    this.show()
  }

  /** Offers what is served now. */
  show(): void {
    const offers = this.#listOffers()
    const names = offers.map(({ name, server }) => `${name} · served by ${server}`)
    if (names.join() !== [...this.#method.options].map(({ text }) => text).join()) {
      const { value } = this.#method
      this.#method.replaceChildren(...names.map((name) => new Option(name)))
      if (names.includes(value)) this.#method.value = value
      this.#offers = offers
      this.#chooseVerb()
    }
    this.#offers = offers
    this.#ask.disabled = offers.length === 0 || this.#running !== undefined
    this.#stop.disabled = this.#running === undefined
    if (offers.length === 0) this.#status.textContent = 'Nothing is served on it at the moment.'
    else if (this.#status.textContent?.startsWith('Nothing')) this.#status.textContent = ''
  }

  /** Of the latest port that is open. */
  #listOffers(): Offer[] {
    const ends = this.#agents.endsOf(this.#wire)
    const latest = Math.max(...ends.map(({ channel }) => channel.generation))
    return ends.flatMap(({ watched, channel }) => {
      const asker = this.#agents.otherEndOf(channel, watched)
      if (channel.generation !== latest || !asker) return []
      const { generation, methods } = channel
      const server = nameOf(watched.place)
      return methods.map((method) => ({ ...method, asker, generation, server }))
    })
  }

  #chooseVerb(): void {
    this.#verb.value = this.#offers[this.#method.selectedIndex]?.verb ?? 'call'
  }

  async #run(): Promise<void> {
    const offer = this.#offers[this.#method.selectedIndex]
    if (!offer) return
    const since = performance.now()
    try {
      const args = parseArguments(this.#args.value)
      this.#begin()
      const { generation, name: method } = offer
      const question = { link: this.#wire.link, generation, method, args }
      const signal = this.#running?.signal as AbortSignal
      const verb = this.#verb.value as Verb
      const answers = offer.asker.agent.stream.ask({ ...question, verb }, signal)
      for await (const answer of answers) this.#add(inShort(answer))
      this.#status.textContent = `Done in ${inMilliseconds(performance.now() - since)}.`
    } catch (error) {
      const { code, message } = error as Error & { code?: string }
      this.#add(code ? `${message} (${code})` : message, 'bad')
      this.#status.textContent = this.#running?.signal.aborted ? 'Stopped.' : 'It failed.'
    }
    this.#running = undefined
    this.show()
  }

  #begin(): void {
    this.#running = new AbortController()
    this.#answers.replaceChildren()
    this.#status.textContent = 'It waits for an answer.'
    this.show()
  }

  #add(text: string, kind = ''): void {
    this.#answers.prepend(element('li', { class: kind }, text))
    if (this.#answers.children.length > MOST_ANSWERS) this.#answers.lastElementChild?.remove()
  }
}
