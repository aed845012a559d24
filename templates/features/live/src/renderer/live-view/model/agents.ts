/** The processes that are looked at: each comes with a channel of its own, and says what passes through the others. */
import {
  type Agent,
  type Batch,
  type ChannelName,
  type OpenChannel,
  type Payloads,
  type Place,
  type Tally,
  VIEW,
  linkOf,
} from '../../../live/contract'
import { Log } from '../../../live/log'
import { type Channel, openChannel } from '../../../ports/channel/channel'
import type { Grant } from '../../../ports/handoff/handoff-client'
import { ports } from '../../../ports/handoff/page'
import { topology } from '../../../topology'
import { nameOf } from '../words'
import { Figures } from './figures'
import { type Wire, idOf, isOn, wireOf } from './wires'

/** A process, as long as it is there. */
export interface Watched {
  /** Of no other process, before or after it. */
  readonly id: string
  readonly place: Place
  readonly agent: Channel<Agent>
  channels: OpenChannel[]
}

/** At the other end of a port that did not come by the hand-off. */
const NOBODY: Place = { node: '' }

export class Agents {
  readonly log = new Log()
  /** Of links, and of the wires of those between many, by {@link idOf}. */
  readonly #figures = new Map<string, Figures>()
  readonly #watched = new Set<Watched>()
  readonly #streams = new Set<AsyncIterator<string>>()
  #payloads: Payloads = 'redacted'

  constructor() {
    for (const node of new Set([...Object.keys(topology.nodes), 'main'])) {
      const link = linkOf(node, VIEW)
      ports.accept(link, (grant) => void this.#follow(link, grant))
    }
  }

  get watched(): Watched[] {
    return [...this.#watched]
  }

  /** Those of nodes of which there are many, by their names. */
  get members(): string[] {
    const places = this.watched.map(({ place }) => place)
    return places.filter(({ key }) => key !== undefined).map(nameOf)
  }

  /** Has every process begin anew, and say so much. */
  show(payloads: Payloads): void {
    this.#payloads = payloads
    for (const stream of this.#streams) void stream.return?.()
  }

  /** Measures how fast all is. */
  measure(): void {
    for (const figures of this.#figures.values()) figures.measure()
  }

  /** Of all links. */
  get figures(): Figures[] {
    return Object.keys(topology.links).map((link) => this.#figuresOf(link, link))
  }

  figuresOf(wire: Wire): Figures {
    return this.#figuresOf(idOf(wire), wire.link)
  }

  /** How many channels a process has; undefined as long as it does not report. */
  portsOf({ node, key }: Place): number | undefined {
    return this.watched.find(({ place }) => place.node === node && place.key === key)?.channels
      .length
  }

  /** The ends of the channels of a wire that are open. */
  endsOf(wire: Wire): { watched: Watched; channel: OpenChannel }[] {
    return this.watched.flatMap((watched) =>
      watched.channels
        .filter((each) => each.link === wire.link && isOn(wire, watched.place, each.peer))
        .map((channel) => ({ watched, channel })),
    )
  }

  /** The other end of a channel. */
  otherEndOf(name: ChannelName, than: Watched): Watched | undefined {
    return this.watched.find(
      (watched) =>
        watched !== than &&
        watched.channels.some(
          ({ link, generation }) => link === name.link && generation === name.generation,
        ),
    )
  }

  async #follow(link: string, { port, ...about }: Grant<MessagePort>): Promise<void> {
    const agent = openChannel<Agent>(port, {}, { ...about, link })
    const watched: Watched = {
      id: `${link} ${about.generation}`,
      place: about.peer,
      agent,
      channels: [],
    }
    const gone = agent.closed.then(() => this.#watched.delete(watched))
    this.#watched.add(watched)
    // What fails while it is there is not tried again.
    while (this.#watched.has(watched)) await this.#read(watched).catch(() => gone)
    this.log.lose(watched.id)
    this.#noteChannels(watched, [])
  }

  async #read(watched: Watched): Promise<void> {
    const stream = watched.agent.with({ credit: 4 }).stream.watch(this.#payloads)
    const iterator = stream[Symbol.asyncIterator]()
    this.#streams.add(iterator)
    try {
      for (;;) {
        const { done, value } = await iterator.next()
        if (done) return
        this.#add(watched, JSON.parse(value) as Batch)
      }
    } finally {
      this.#streams.delete(iterator)
    }
  }

  #add(watched: Watched, batch: Batch): void {
    this.log.add(watched.id, watched.place, batch)
    for (const tally of batch.tallies) this.#count(watched, tally)
    if (batch.channels) this.#noteChannels(watched, batch.channels)
  }

  #count(watched: Watched, tally: Tally): void {
    const wire = wireOf(tally.link, watched.place, tally.peer ?? NOBODY)
    const isForth = wire?.from === watched.place
    this.#figuresOf(tally.link, tally.link).add(watched.id, isForth, tally)
    if (wire && idOf(wire) !== tally.link) this.figuresOf(wire).add(watched.id, isForth, tally)
  }

  #noteChannels(watched: Watched, channels: OpenChannel[]): void {
    watched.channels = channels
    for (const figures of this.#figures.values()) {
      const generations = channels
        .filter((each) => each.link === figures.link)
        .map((each) => each.generation)
      figures.keep(watched.id, generations)
    }
  }

  #figuresOf(id: string, link: string): Figures {
    const known = this.#figures.get(id)
    if (known) return known
    const figures = new Figures(link)
    this.#figures.set(id, figures)
    return figures
  }
}
