import type { PortLike } from './channel/port'
import { OWN_KEY } from './handoff/handoff'
import type { Ports } from './handoff/handoff-client'
import type { NodeLinks } from './links'

/** A node of which there are many. */
interface OfMany extends NodeLinks {
  key: string
}

/**
 * Which one of many this process or page is. Main answers, and nobody else's key can be had so.
 *
 * @example
 * const ports: PagePorts<LinksOf<'document'>> = ownPorts
 * document.title = await ownKey(ports)
 */
export async function ownKey<Links extends OfMany>(ports: Ports<PortLike, Links>): Promise<string> {
  const { port, peer } = await (ports as Ports<PortLike>).request(OWN_KEY)
  port.close()
  return peer.key as string
}
