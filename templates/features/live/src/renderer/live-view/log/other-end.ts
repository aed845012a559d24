import type { Place } from '../../../live/contract'
import type { Row } from '../../../live/log'
import { topology } from '../../../topology'

/** Who was asked. */
export function otherEndOf({ link, from, to: key }: Row): Place {
  const ends = topology.links[link as never] as { from: string; to: string } | undefined
  const node = ends?.from === from.node ? ends.to : ends?.from
  return { node: node ?? '?', key }
}
