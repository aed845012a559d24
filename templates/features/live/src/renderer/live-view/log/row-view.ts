import type { Row } from '../../../live/log'
import { inClock, inCount, inMilliseconds, inShort, nameOf } from '../words'
import { otherEndOf } from './other-end'

const COLUMNS = ['time', 'link', 'method', 'asked', 'answer', 'after'] as const

/** How much of a value a row shows, in characters. */
const MOST = 200

/** A row of the list, which shows one message and then another. */
export class RowView {
  readonly element = document.createElement('div')
  readonly #cells: Record<(typeof COLUMNS)[number], HTMLElement>

  constructor(choose: (row: Row) => void) {
    this.element.className = 'row'
    this.element.setAttribute('role', 'option')
    const cells = COLUMNS.map((name) => {
      const cell = document.createElement('span')
      cell.className = name
      this.element.append(cell)
      return [name, cell]
    })
    this.#cells = Object.fromEntries(cells)
    this.element.addEventListener('click', () => this.row && choose(this.row))
  }

  row: Row | undefined

  show(row: Row, top: number, isSelected: boolean): void {
    this.row = row
    const { element } = this
    element.id = `row-${row.number}`
    element.style.top = `${top}px`
    element.dataset['state'] = row.state
    element.dataset['kind'] = row.kind
    element.ariaSelected = String(isSelected)
    write(this.#cells.time, inClock(row.at))
    write(this.#cells.link, describeWay(row))
    write(this.#cells.method, row.method)
    write(
      this.#cells.asked,
      row.kind === 'event' ? '' : inShort(row.args.slice(1, -1).slice(0, MOST)),
    )
    write(this.#cells.answer, describeAnswer(row))
    write(this.#cells.after, row.after === undefined ? '' : inMilliseconds(row.after))
  }
}

function write(cell: HTMLElement, text: string): void {
  if (cell.textContent !== text) cell.textContent = text
}

function describeWay(row: Row): string {
  const { from, link, kind } = row
  return kind === 'event' ? nameOf(from) : `${link} · ${nameOf(from)} → ${nameOf(otherEndOf(row))}`
}

export function describeAnswer(row: Row): string {
  const { kind, state, answer, count, items } = row
  if (kind === 'event' || kind === 'notify') return ''
  const words = answer === '' ? '' : inShort(answer.slice(0, MOST))
  if (kind !== 'stream') return words || (state === 'answered' ? '' : WORDS[state])
  const last = state === 'waiting' ? inShort((items.at(-1) ?? '').slice(0, MOST)) : words
  const number = `${inCount(count)} ${count === 1 ? 'item' : 'items'}`
  return [number, state === 'answered' ? '' : WORDS[state], last].filter(Boolean).join(' · ')
}

const WORDS: Record<Row['state'], string> = {
  sent: '',
  waiting: 'waits',
  answered: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  lost: 'lost with its port',
}
