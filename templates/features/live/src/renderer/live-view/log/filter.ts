import type { Row } from '../../../live/log'
import { nameOf } from '../words'

/** Which rows are to be seen; an empty text stands for all. */
export interface Filter {
  text: string
  link: string
  kind: string
  /** A node, or one of many. */
  from: string
}

export function isShown(row: Row, { text, link, kind, from }: Filter): boolean {
  if (link !== '' && row.link !== link) return false
  if (from !== '' && row.from.node !== from && nameOf(row.from) !== from) return false
  if (kind === 'failed' ? !isBad(row) : kind !== '' && row.kind !== kind) return false
  return text === '' || textOf(row).includes(text.toLowerCase())
}

function isBad({ state }: Row): boolean {
  return state === 'failed' || state === 'lost'
}

function textOf({ link, method, from, args, answer, items }: Row): string {
  return [link, method, from.node, from.key, args, answer, ...items].join('\n').toLowerCase()
}
