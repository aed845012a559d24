/**
 * What every process has that is looked at. As long as nobody looks it keeps a list of its channels, and nothing
 * observes their messages.
 */
import { watch } from '../../ports/channel/watch'
import type { PortLike } from '../../ports/channel/port'
import type { Ports } from '../../ports/handoff/handoff-client'
import { Link, type LinkStatus } from '../../ports/link'
import { type Agent, type HandMade, RECORDER, VIEW, linkOf } from '../contract'
import { findChannel } from './channels'
import { toText } from './payload'
import { Recording } from './recording'

/** How often what has passed is reported, in milliseconds. */
const PAUSE_MS = 100

/** How long a process that is to be slow takes for what comes in one message, in milliseconds. */
const SLOW_MS = 30

/** The links of an agent, for the compiler. */
type AgentPorts = Ports<
  PortLike,
  {
    opens: Record<string, { asks: object; serves: Agent }>
    accepts: Record<string, { asks: object; serves: object }>
  }
>

/** Of this process, for as long as it lives. */
const links: LinkStatus[] = []

/**
 * Lets the live view look at this process, which is the node `node`.
 *
 * @param records  Whether everything is recorded from the start, for tests.
 */
export function startAgent(ports: Ports<PortLike>, node: string, records: boolean): void {
  const own = ports as AgentPorts
  links.push(new Link(own, linkOf(node, VIEW), newAgent()))
  if (!records) return
  links.push(new Link(own, linkOf(node, RECORDER), newAgent(new Recording('redacted', true))))
}

/** @param early  What was recorded before somebody asked for it. */
function newAgent(early?: Recording): Agent {
  let recording = early
  return {
    async *watch(payloads) {
      const own = early ?? new Recording(payloads)
      recording = own
      try {
        for (;;) {
          const batch = own.take()
          if (batch !== undefined) yield batch
          await sleep(PAUSE_MS)
        }
      } finally {
        if (own !== early) own.stop()
        if (recording === own) recording = early
      }
    },
    take: async () => recording?.take(),
    ask,
    drop: async (name) => findChannel(name).close('the live view dropped it.'),
    slow: async (link, duration) => slowDown(link, duration),
  }
}

async function* ask(
  { verb, method, args, ...name }: HandMade,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const { caller } = findChannel(name)
  if (verb === 'notify') return caller.notify(method, args)
  if (verb === 'call') return yield toText(await caller.call(method, args, { signal }), 'redacted')
  for await (const item of caller.stream(method, args, { signal })) yield toText(item, 'redacted')
}

function slowDown(link: string, duration: number): void {
  const stop = watch(({ channel, direction, message: [kind] }) => {
    if (channel.link !== link || direction !== 'in' || kind !== 'items') return
    const end = performance.now() + SLOW_MS
    while (performance.now() < end);
  })
  setTimeout(stop, duration)
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
