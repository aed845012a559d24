/**
 * Reads a small part of Markdown: headings, paragraphs, lists, tasks, code, emphasis and links. Data in,
 * data out. Every pattern takes linear time, whatever the text: nobody can stall the preview with one.
 */
export interface Block {
  kind: 'heading' | 'bullets' | 'numbers' | 'code' | 'paragraph'
  /** Its first line in the text, counted from 0. */
  line: number
  /** Its lines, as they are in the text. Of a list each is an item. */
  source: string
}

export interface Span {
  kind: 'text' | 'code' | 'strong' | 'em' | 'link'
  text: string
  /** Of a link. */
  address?: string | undefined
}

const FENCE = /^```/
const HEADING = /^#{1,6} /
const BULLET = /^ *[-*] /
const NUMBER = /^ *\d+\. /
const TASK = /^( *(?:[-*]|\d+\.) \[)[ xX]\] /
const SPAN =
  /`([^`]+)`|\*\*([^*\s][^*]*)\*\*|\*([^*\s][^*]*)\*|\b_([^_\s][^_]*)_\b|\[([^[\]]+)\]\(([^()\s]*)\)/g

/** Splits a text into blocks. Empty lines are between them, and in none. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  for (const [line, source] of text.split('\n').entries()) {
    const kind = open?.kind === 'code' ? 'code' : kindOf(source)
    if (open && open.kind === kind) open.source += `\n${source}`
    else if (kind) blocks.push((open = { kind, line, source }))
    else open = undefined
    const isEndOfCode = kind === 'code' && open?.line !== line && FENCE.test(source)
    if (kind === 'heading' || isEndOfCode) open = undefined
  }
  return blocks
}

/** Splits a line into what is plain and what is not. */
export function spansOf(line: string): Span[] {
  const spans: Span[] = []
  let end = 0
  const addText = (until: number): void => {
    if (until > end) spans.push({ kind: 'text', text: line.slice(end, until) })
  }
  for (const match of line.matchAll(SPAN)) {
    const [all, code, strong, stars, lines, link = '', address] = match
    const em = stars ?? lines
    addText(match.index)
    end = match.index + all.length
    if (code) spans.push({ kind: 'code', text: code })
    else if (strong) spans.push({ kind: 'strong', text: strong })
    else if (em) spans.push({ kind: 'em', text: em })
    else spans.push({ kind: 'link', text: link, address })
  }
  addText(line.length)
  return spans
}

/** Where in a line the mark of its task is, `x` or a space; undefined when it is no task. */
export function markOf(line: string): number | undefined {
  return TASK.exec(line)?.[1]?.length
}

function kindOf(line: string): Block['kind'] | undefined {
  if (FENCE.test(line)) return 'code'
  if (HEADING.test(line)) return 'heading'
  if (BULLET.test(line)) return 'bullets'
  if (NUMBER.test(line)) return 'numbers'
  return line.trim() ? 'paragraph' : undefined
}
