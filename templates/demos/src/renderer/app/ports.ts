import { type PagePorts, ports as ownPorts } from '../../ports/handoff/page'
import type { LinksOf } from '../../topology'

/** How this page, which is the node `app`, comes by the ports of its links. */
export const ports: PagePorts<LinksOf<'app'>> = ownPorts
