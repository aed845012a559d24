/** The page of the worker window: whoever opens the link `jobs` is served by the darkroom. */
import { type PagePorts, ports as ownPorts } from '../../ports/handoff/page'
import { serve } from '../../ports/link'
import type { LinksOf } from '../../topology'
import { darkroom } from './darkroom'

const ports: PagePorts<LinksOf<'worker'>> = ownPorts

serve(ports, 'jobs', darkroom)
