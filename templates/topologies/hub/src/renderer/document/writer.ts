import type { Docs, Entry, Holder, News, Person } from '../../contracts/docs'
import type { Channel } from '../../ports/channel/channel'
import type { PagePorts } from '../../ports/handoff/page'
import { Link, serve } from '../../ports/link'
import { type Change, follow } from '../../shared-text/change'
import { Replica } from '../../shared-text/replica'
import type { LinksOf } from '../../topology'
import type { Sheet } from './sheet'

/** The least time between two batches, in milliseconds: what is typed meanwhile goes with the next. */
const PACE_MS = 20

/** A hub that hangs, or dies unheard, is found within three times as much. */
const HEARTBEAT_MS = 2000

/** How many items the hub may be ahead. Few: what comes then comes together. */
const CREDIT = 16

interface WriterEvents {
  onPeople(people: Person[]): void
  onProblem(error: unknown): void
}

/**
 * Keeps a sheet in step with the hub. What the user writes is there at once, and sent; without a hub it waits for the next.
 *
 *   link connected ──▶ join ──▶ the state ──▶ changes, people, …  until the port is gone ──▶ link connected …
 *                                   └──▶ send what is pending, a batch at a time
 */
export class Writer {
  readonly link: Link<Docs>
  readonly #author: string
  readonly #sheet: Sheet
  readonly #replica: Replica
  readonly #events: WriterEvents
  #hub: Channel<Docs> | undefined
  /** Settled when the last port has brought all it had. */
  #joined: Promise<void> = Promise.resolve()
  #pace: ReturnType<typeof setTimeout> | undefined
  /** Where the hub knows the caret to be: it moves it along with the edits, as is done here. */
  #pointed: number | undefined

  constructor(
    ports: PagePorts<LinksOf<'document'>>,
    author: string,
    sheet: Sheet,
    events: WriterEvents,
  ) {
    this.#author = author
    this.#sheet = sheet
    this.#replica = new Replica(author)
    this.#events = events
    sheet.listen({
      onEdit: (change) => {
        this.#replica.edit(change)
        this.#movePointed(change, true)
        this.#send()
      },
      onPoint: () => this.#point(),
      onUndo: () => void this.undo(),
      onRedo: () => void this.redo(),
    })
    serve(ports, 'held', this.#newHolder())
    this.link = new Link(
      ports,
      'docs',
      {},
      {
        heartbeat: HEARTBEAT_MS,
        onChannel: (channel) => {
          this.#joined = this.#joined.then(() => this.#join(channel))
        },
      },
    )
  }

  undo(): Promise<void> {
    return this.#ask((hub) => hub.call.undo())
  }

  redo(): Promise<void> {
    return this.#ask((hub) => hub.call.redo())
  }

  /** For a hub that was restarted. What the one before has said last may still be on its way: it comes first. */
  #newHolder(): Holder {
    return {
      held: async () => {
        await this.#joined
        return this.#replica.held
      },
    }
  }

  async #ask(ask: (hub: Channel<Docs>) => Promise<unknown>): Promise<void> {
    try {
      if (!this.#hub) throw new Error('The hub is not there: try again in a moment.')
      await ask(this.#hub)
    } catch (error) {
      this.#events.onProblem(error)
    }
  }

  async #join(channel: Channel<Docs>): Promise<void> {
    try {
      for await (const news of channel.with({ credit: CREDIT }).stream.join(newSignal())) {
        await this.#sheet.isComposed()
        this.#hub = channel
        this.#hear(news)
        this.#send()
      }
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'closed') this.#events.onProblem(error)
    }
    this.#hub = undefined
    this.#pointed = undefined
  }

  #hear(news: News): void {
    if (news.kind === 'state') this.#sheet.show(this.#replica.take(news))
    else if (news.kind === 'people') this.#meet(news.people)
    else for (const entry of news.entries) this.#follow(entry)
  }

  #follow(entry: Entry): void {
    const change = this.#replica.receive(entry)
    this.#movePointed(change, entry.author === this.#author)
    this.#sheet.show(change, entry.author)
  }

  #meet(people: Person[]): void {
    const placed = people.map((each) => ({ ...each, place: this.#replica.placeOf(each.place) }))
    this.#sheet.showPeople(placed)
    this.#events.onPeople(placed)
  }

  #send(): void {
    if (!this.#hub || this.#pace !== undefined) return
    const batch = this.#replica.takeBatch()
    if (!batch) return this.#point()
    this.#pace = setTimeout(() => {
      this.#pace = undefined
      this.#send()
    }, PACE_MS)
    this.#hub.call.edit(batch).catch((error: unknown) => this.#refused(error))
  }

  #refused(error: unknown): void {
    const { code } = error as { code?: unknown }
    if (code === 'closed') return // the next hub, or port, gets it
    if (code === 'TOO_OLD') return this.#replica.sendAgain()
    this.#sheet.show(this.#replica.drop())
    this.#events.onProblem(error)
  }

  /** Tells where the caret is, once that is a place in the hub's text too. */
  #point(): void {
    const { settledAt } = this.#replica
    const { place } = this.#sheet
    if (!this.#hub || settledAt === undefined || place === this.#pointed) return
    this.#pointed = place
    this.#hub.notify.point(settledAt, place)
  }

  #movePointed(change: Change, isOwn: boolean): void {
    if (this.#pointed !== undefined) this.#pointed = follow(this.#pointed, change, isOwn)
  }
}

function newSignal(): AbortSignal {
  return new AbortController().signal
}
