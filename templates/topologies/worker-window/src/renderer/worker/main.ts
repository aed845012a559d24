/** The page of the worker window: whoever opens the link `jobs` is served by the darkroom. */
import type { Jobs } from '../../contracts/jobs'
import { serve } from '../../ports/link'
import { ports } from '../../ports/handoff/page'
import { darkroom } from './darkroom'

serve<Jobs>(ports, 'jobs', darkroom)
