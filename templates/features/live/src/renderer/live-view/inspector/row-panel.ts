import type { Row } from '../../../live/log'
import { otherEndOf } from '../log/other-end'
import { describeAnswer } from '../log/row-view'
import { inClock, inCount, inMilliseconds, inShort, nameOf } from '../words'
import { Facts, button, element } from './element'

/** All of one message. */
export class RowPanel {
  readonly element = element('div')
  readonly #row: Row
  readonly #goTo: (number: number) => void
  #shown = ''

  /** @param goTo  Shows another row. */
  constructor(row: Row, goTo: (number: number) => void) {
    this.#row = row
    this.#goTo = goTo
  }

  /** It may have been answered by now. */
  show(): void {
    const { state, count } = this.#row
    const now = `${state} ${count}`
    if (now === this.#shown) return
    this.#shown = now
    this.element.replaceChildren(...this.#list())
  }

  *#list(): Generator<HTMLElement> {
    const { kind, method, args, answer, count, items, state, of } = this.#row
    yield element('h2', {}, kind === 'event' ? nameOf(this.#row.from) : method)
    if (kind === 'event') yield element('p', {}, method)
    yield this.#newFacts().element
    if (of !== undefined) yield button('Go to its question', () => this.#goTo(of))
    if (args !== '') yield* newPart('Asked with', inLines(args))
    if (items.length > 0)
      yield* newPart(`Items: ${describeItems(count, items)}`, items.map(inShort).join('\n'))
    if (answer !== '')
      yield* newPart(state === 'failed' ? 'Failed with' : 'Answered with', inLines(answer), state)
  }

  #newFacts(): Facts {
    const { from, to, link, generation, kind, at, after } = this.#row
    const facts = new Facts()
    facts.set('time', inClock(at))
    if (kind === 'event') return facts
    facts.set('from', nameOf(from))
    if (to !== undefined) facts.set('to', nameOf(otherEndOf(this.#row)))
    facts.set('link', `${link}, port ${generation}`)
    facts.set('kind', kind)
    facts.set('answer', describeAnswer(this.#row) === '' ? '–' : this.#row.state)
    if (after !== undefined) facts.set('after', inMilliseconds(after))
    return facts
  }
}

function* newPart(title: string, text: string, state = ''): Generator<HTMLElement> {
  yield element('h3', {}, title)
  yield element('pre', { tabindex: '0', ...(state === 'failed' && { class: 'bad' }) }, text)
}

function describeItems(count: number, items: string[]): string {
  return count === items.length ? inCount(count) : `the first ${items.length} of ${inCount(count)}`
}

function inLines(json: string): string {
  return inShort(JSON.stringify(JSON.parse(json), undefined, 2))
}
