import { startAgent } from '../../live/agent/agent'
import { ports } from '../../ports/handoff/page'

/** Lets the live view look at this page. */
export function start(node: string, records: boolean): void {
  startAgent(ports, node, records)
}
