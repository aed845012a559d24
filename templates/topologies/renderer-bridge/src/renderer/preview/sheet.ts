/** Shows a text as a page. Whatever it holds becomes text, never HTML, an address that opens, or a script. */
import { unchanged } from '../sync/edits'
import { type Block, type Span, blocksOf, markOf, spansOf } from './markdown'

/** Where a task is in the text. */
export interface Task {
  /** Counted from 0. */
  line: number
  source: string
}

export class Sheet {
  readonly #root: HTMLElement
  #blocks: Block[] = []

  constructor(root: HTMLElement) {
    this.#root = root
  }

  /** Shows a text, and draws only the blocks of it that are new. */
  show(text: string): void {
    const focused = document.activeElement
    const place = focused ? this.#placeOf(focused) : undefined
    this.#draw(blocksOf(text))
    if (!place || focused?.isConnected) return
    const item = this.#root.children[place.block]?.children[place.row]
    item?.querySelector('input')?.focus({ preventScroll: true })
  }

  /** The task that a checkbox stands for. */
  taskOf(checkbox: Element): Task | undefined {
    const place = this.#placeOf(checkbox)
    const block = place && this.#blocks[place.block]
    if (!block) return undefined
    const source = block.source.split('\n')[place.row] ?? ''
    return { line: block.line + place.row, source }
  }

  #draw(after: Block[]): void {
    const before = this.#blocks
    const { head, tail } = unchanged(before, after, isSameBlock)
    const elements = [...this.#root.children]
    for (const element of elements.slice(head, before.length - tail)) element.remove()
    const drawn = document.createDocumentFragment()
    for (const block of after.slice(head, after.length - tail)) drawn.append(drawBlock(block))
    this.#root.insertBefore(drawn, elements[before.length - tail] ?? null)
    this.#blocks = after
  }

  /** Which block a checkbox is in, and which item of that. */
  #placeOf(checkbox: Element): { block: number; row: number } | undefined {
    const item = checkbox.closest('li')
    const list = item?.parentElement
    return list ? { block: indexOf(list), row: indexOf(item) } : undefined
  }
}

function isSameBlock(one: Block | undefined, other: Block | undefined): boolean {
  return one?.kind === other?.kind && one?.source === other?.source
}

function indexOf(element: Element): number {
  return Array.prototype.indexOf.call(element.parentElement?.children, element)
}

function drawBlock({ kind, source }: Block): HTMLElement {
  const lines = source.split('\n')
  switch (kind) {
    case 'heading': {
      const level = source.indexOf(' ')
      return fill(`h${level}`, spansOf(source.slice(level)).map(drawSpan))
    }
    case 'bullets':
      return fill('ul', lines.map(drawItem))
    case 'numbers':
      return fill('ol', lines.map(drawItem))
    case 'code': {
      const end = lines.length > 1 && lines.at(-1)?.startsWith('```') ? -1 : undefined
      return fill('pre', [fill('code', [lines.slice(1, end).join('\n')])])
    }
    case 'paragraph':
      return fill('p', spansOf(source).map(drawSpan))
  }
}

function drawItem(line: string): HTMLElement {
  const mark = markOf(line)
  if (mark === undefined) {
    return fill('li', spansOf(line.replace(/^ *\S+ /, '')).map(drawSpan))
  }
  const checkbox = document.createElement('input')
  checkbox.type = 'checkbox'
  checkbox.checked = line[mark] !== ' '
  const label = fill('label', spansOf(line.slice(mark + 3)).map(drawSpan))
  label.prepend(checkbox)
  return fill('li', [label])
}

function drawSpan({ kind, text, address }: Span): Node {
  if (kind === 'text') return document.createTextNode(text)
  if (kind !== 'link') return fill(kind, [text])
  const link = fill('span', [text, fill('small', [address ?? ''])])
  link.className = 'link'
  return link
}

/** One by one: as arguments of one `append`, there could be more than the stack holds. */
function fill(tag: string, children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag)
  for (const child of children) element.append(child)
  return element
}
