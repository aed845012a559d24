import { MessageChannel } from 'node:worker_threads'
import { type Channel, openChannel } from '../../src/ports/channel/channel'
import type { PortLike } from '../../src/ports/channel/port'
import type { Ports } from '../../src/ports/handoff/handoff-client'
import { Link } from '../../src/ports/link'

interface Ends<Contract extends object> {
  link: Link<Contract>
  /** Ends the other end, as a crash would: the link asks for a new one. */
  crash(): void
}

/** A link as a page has it, over real ports, with `handlers` at its other end. */
export function linkTo<Contract extends object>(name: string, handlers: Contract): Ends<Contract> {
  let generation = 0
  let other: Channel<object> | undefined
  const ports: Ports<PortLike, { opens: Record<string, Side<Contract>>; accepts: {} }> = {
    async request() {
      const { port1, port2 } = new MessageChannel()
      other = openChannel(port2, handlers)
      generation += 1
      const { signal: gone } = new AbortController()
      return { port: port1, peer: { node: 'other' }, generation, toProcess: false, gone }
    },
    accept: () => () => {},
  }
  return { link: new Link(ports, name), crash: () => other?.close() }
}

interface Side<Contract> {
  asks: Contract
  serves: object
}
