/** Watches the messages of this process pass, and keeps of them what is to be reported. */
import type { ChannelOptions } from '../../ports/channel/options'
import type { Message } from '../../ports/channel/protocol'
import { type Passing, watch } from '../../ports/channel/watch'
import {
  type Batch,
  type Entry,
  type Outcome,
  type Payloads,
  type Verb,
  isOwnLink,
} from '../contract'
import { countChanges, isOpen, listChannels } from './channels'
import { toText } from './payload'
import { sizeOf } from './size'
import { type Pending, Track } from './track'

/** What is listed of a batch at most: questions and streams, characters of payload, and items of a stream. */
const MOST = { listed: 2000, characters: 400_000, items: 20 }

/** How much of that room is there again in each batch, where it goes on and on: more than anybody can look at. */
const AGAIN = 250

const TOO_MUCH = '"‹not kept, for there was too much at once›"'

type Answer = Extract<Message, ['result' | 'items' | 'end' | 'error', ...unknown[]]>

let lastId = 0

export class Recording {
  readonly #payloads: Payloads
  /** Undefined for the channels of the view itself. */
  readonly #tracks = new Map<ChannelOptions, Track | undefined>()
  readonly stop: () => void
  #entries: Entry[] = []
  #characters = 0
  #room = MOST.listed
  #unlisted = 0
  #changesTold = -1
  readonly #again: number

  /** @param isForTests  Whether as much is listed of every batch, for nothing may be missed that can be had. */
  constructor(payloads: Payloads, isForTests = false) {
    this.#payloads = payloads
    this.#again = isForTests ? MOST.listed : AGAIN
    this.stop = watch((passing) => this.#see(passing))
  }

  /** What has passed since it was taken last, as JSON; undefined when nothing has. */
  take(): string | undefined {
    const tracks = [...this.#tracks.values()]
    this.#forgetClosed()
    const tallies = tracks.flatMap((track) => track?.take() ?? [])
    const changes = countChanges()
    const isNew = changes !== this.#changesTold
    if (tallies.length + this.#entries.length + this.#unlisted === 0 && !isNew) return undefined
    const batch: Batch = {
      tallies,
      entries: this.#entries,
      unlisted: this.#unlisted,
      ...(isNew && { channels: listChannels() }),
    }
    const text = JSON.stringify(batch)
    this.#changesTold = changes
    this.#entries = []
    this.#characters = 0
    this.#room = Math.min(MOST.listed, this.#room + this.#again)
    this.#unlisted = 0
    for (const track of this.#tracks.values()) {
      for (const pending of track?.pending.values() ?? []) pending.items = undefined
    }
    return text
  }

  #see({ channel, direction, message }: Passing): void {
    const track = this.#tracks.has(channel) ? this.#tracks.get(channel) : this.#track(channel)
    if (!track || message[0] === 'dropped') return
    if (direction === 'out') this.#seeLeave(track, message)
    else this.#seeArrive(track, message)
  }

  #track(channel: ChannelOptions): Track | undefined {
    const { link = '', generation = 0, peer } = channel
    const track = isOwnLink(link) ? undefined : new Track(link, generation, peer)
    this.#tracks.set(channel, track)
    return track
  }

  #seeLeave(track: Track, message: Message): void {
    track.messages += 1
    track.bytes += sizeOf(message)
    switch (message[0]) {
      case 'call':
        return this.#ask(track, 'call', message[2], message, 4, message[1])
      case 'stream':
        return this.#ask(track, 'stream', message[2], message, 5, message[1], message[4])
      case 'notify':
        return this.#ask(track, 'notify', message[1], message, 2)
      case 'cancel':
        return this.#settle(track, message[1], 'cancelled')
      case 'credit': {
        const pending = track.pending.get(message[1])
        if (pending) pending.due += message[2]
      }
    }
  }

  #seeArrive(track: Track, message: Message): void {
    switch (message[0]) {
      case 'items':
        return this.#addItems(track, message)
      case 'result':
      case 'end':
        return this.#settle(track, message[1], 'answered', message)
      case 'error':
        track.failures += 1
        return this.#settle(track, message[1], 'failed', message)
    }
  }

  /** @param argsAt  Where in the message its arguments begin. */
  #ask(
    { link, generation, peer, pending }: Track,
    kind: Verb,
    method: string | number,
    message: Message,
    argsAt: number,
    number?: number,
    credit = 0,
  ): void {
    if (this.#isFull()) return
    const id = (lastId += 1)
    const name = typeof method === 'string' ? method : `argument stream ${method}`
    const at = performance.timeOrigin + performance.now()
    const args = this.#textOf(() => message.slice(argsAt))
    const to = peer?.key
    this.#entries.push({ what: 'asked', id, link, generation, to, kind, method: name, at, args })
    if (number !== undefined) pending.set(number, { id, at, credit, due: credit })
  }

  #addItems({ pending }: Track, message: readonly unknown[]): void {
    const asked = pending.get(message[1])
    if (!asked) return
    const count = message.length - 2
    asked.due -= count
    if (!asked.items) {
      if (this.#isFull()) return
      asked.items = { what: 'items', id: asked.id, count: 0, items: [] }
      this.#entries.push(asked.items)
    }
    asked.items.count += count
    const { items } = asked.items
    for (let at = 2; at < message.length && items.length < MOST.items; at++) {
      items.push(this.#textOf(() => message[at]))
    }
  }

  #settle(track: Track, number: unknown, how: Outcome, message?: Answer): void {
    const asked = track.pending.get(number)
    if (!asked) return
    track.pending.delete(number)
    const after = performance.timeOrigin + performance.now() - asked.at
    if (message && asked.credit === 0) track.addRoundTrip(after)
    const hasAnswer = message && message[0] !== 'end'
    this.#add(asked, how, after, hasAnswer ? this.#textOf(() => contentOf(message)) : '')
  }

  /** Always: what is listed as asked is not left to wait for ever. */
  #add({ id }: Pending, how: Outcome, after: number, answer: string): void {
    this.#entries.push({ what: 'answered', id, how, after, answer })
  }

  /** What still waits on a channel that is closed will not be answered. */
  #forgetClosed(): void {
    for (const [channel, track] of this.#tracks) {
      if (isOpen(channel)) continue
      this.#tracks.delete(channel)
      for (const number of track?.pending.keys() ?? []) this.#settle(track as Track, number, 'lost')
    }
  }

  #isFull(): boolean {
    const isFull = this.#room === 0
    if (isFull) this.#unlisted += 1
    else this.#room -= 1
    return isFull
  }

  #textOf(read: () => unknown): string {
    if (this.#payloads === 'none') return ''
    if (this.#characters > MOST.characters) return TOO_MUCH
    const text = toText(read(), this.#payloads)
    this.#characters += text.length
    return text
  }
}

/** A value, or of a failure what it says. */
function contentOf(message: Answer): unknown {
  if (message[0] !== 'error') return message[2]
  const [, , error] = message
  if ('thrown' in error) return error.thrown
  const { name, message: words, fields } = error
  return { error: `${name}: ${words}`, ...fields }
}
