import type { Place } from '../../../live/contract'
import type { Row } from '../../../live/log'
import { nameOf } from '../words'
import { otherEndOf } from './other-end'

/** Which rows are to be seen; an empty text stands for all. */
export interface Filter {
  text: string
  link: string
  kind: string
  /** A node, or one of many, that asks or is asked. */
  node: string
}

export function isShown(row: Row, { text, link, kind, node }: Filter): boolean {
  if (link !== '' && row.link !== link) return false
  if (node !== '' && !placesOf(row).some((place) => [place.node, nameOf(place)].includes(node)))
    return false
  if (kind === 'failed' ? !isBad(row) : kind !== '' && row.kind !== kind) return false
  return text === '' || textOf(row).includes(text.toLowerCase())
}

function isBad({ state }: Row): boolean {
  return state === 'failed' || state === 'lost'
}

function placesOf(row: Row): Place[] {
  return row.kind === 'event' ? [row.from] : [row.from, otherEndOf(row)]
}

function textOf(row: Row): string {
  const { link, method, args, answer, items } = row
  const names = placesOf(row).map(nameOf)
  return [link, method, ...names, args, answer, ...items].join('\n').toLowerCase()
}
