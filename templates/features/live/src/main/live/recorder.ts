/** Records everything, for tests: see `tests/e2e/live.ts`. */
import type { MessagePortMain } from 'electron'
import { type Agent, type Batch, RECORDER, linkOf } from '../../live/contract'
import { type Exported, type Wanted, exportRows } from '../../live/exported'
import { Log } from '../../live/log'
import { type Channel, openChannel } from '../../ports/channel/channel'
import type { Broker } from '../../ports/handoff/broker'
import type { Grant } from '../../ports/handoff/handoff-client'
import { topology } from '../../topology'

/** Where tests find it, as a global of main. */
const NAME = Symbol.for('live-view:messages')

/** Gives tests what has passed so far. */
type Messages = (wanted?: Wanted) => Promise<Exported[]>

export function record(broker: Broker): void {
  const recorder = new Recorder(broker)
  const messages: Messages = (wanted) => recorder.messages(wanted)
  Object.assign(globalThis, { [NAME]: messages })
}

class Recorder {
  readonly #log = new Log()
  readonly #agents = new Map<Channel<Agent>, (batch: string) => void>()

  constructor(broker: Broker) {
    const ports = broker.portsOf(RECORDER)
    for (const node of new Set([...Object.keys(topology.nodes), 'main'])) {
      const link = linkOf(node, RECORDER)
      ports.accept(link, (grant) => void this.#follow(link, grant))
    }
  }

  /** What has passed until now: what is still in its process is fetched first. */
  async messages(wanted?: Wanted): Promise<Exported[]> {
    await Promise.all(
      [...this.#agents].map(async ([agent, add]) => {
        const batch = await agent.call.take().catch(() => undefined) // its process is gone
        if (batch !== undefined) add(batch)
      }),
    )
    return exportRows(this.#log, wanted)
  }

  async #follow(link: string, { port, ...about }: Grant<MessagePortMain>): Promise<void> {
    const agent = openChannel<Agent>(port, {}, { ...about, link })
    const process = `${link} ${about.generation}`
    const add = (batch: string): void =>
      this.#log.add(process, about.peer, JSON.parse(batch) as Batch)
    this.#agents.set(agent, add)
    try {
      for await (const batch of agent.stream.watch('redacted')) add(batch)
    } catch {
      // It is gone.
    } finally {
      this.#agents.delete(agent)
      this.#log.lose(process)
    }
  }
}
