import { startAgent } from '../../live/agent/agent'
import { ports } from '../../ports/handoff/utility'

/** Lets the live view look at this utility process. */
export function start(node: string, records: boolean): void {
  startAgent(ports, node, records)
}
