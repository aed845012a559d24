/**
 * What the live view and the processes of the app say to each other, over links of the view's own: one for each node,
 * from it to the view, and one from the view to main. They are no part of `src/topology.ts`, and are there in
 * development alone.
 *
 *   agent, in every process ══ live-view:<node> ══▶ the view: what passed through the channels of that process
 *   the view                ══ live-view:main-desk ══▶ main: which processes there are, and what is done to them
 */
import type { Peer } from '../ports/handoff/handoff'
import type { Links } from '../ports/handoff/rights'

/** As what the page of the view takes part, and as what main does that records for tests. */
export const VIEW = 'live-view'
export const RECORDER = 'live-recorder'

/** A node, or one of many. */
export type Place = Peer

export type Viewer = typeof VIEW | typeof RECORDER

/** From the view to main. */
export const DESK = `${VIEW}:main-desk`

/** From a node to who looks at it. */
export function linkOf(node: string, viewer: Viewer): string {
  return `${viewer}:${node}`
}

/** Whether it is a link of the view's own, which nobody wants to see. No other has a colon in its name. */
export function isOwnLink(link: string): boolean {
  return link.startsWith(`${VIEW}:`) || link.startsWith(`${RECORDER}:`)
}

/** What the broker has to know beside `src/topology.ts`. */
export function newLinks(nodes: string[]): Links {
  const reports = [VIEW, RECORDER].flatMap((viewer) =>
    [...new Set([...nodes, 'main'])].map((node) => [
      linkOf(node, viewer as Viewer),
      { from: node, to: viewer, isOptional: true },
    ]),
  )
  return { ...Object.fromEntries(reports), [DESK]: { from: VIEW, to: 'main' } }
}

/**
 * How much of what is said is seen: nothing; all but the values of fields that look like secrets, which do not leave
 * their process; or all. Long texts and large values are cut in any case.
 */
export type Payloads = 'none' | 'redacted' | 'full'

/** Served by every process that is looked at. */
export interface Agent {
  /** Gives what passes from now on, from time to time, as the JSON of a {@link Batch}. Ends the observation with its reader. */
  watch(payloads: Payloads): AsyncIterable<string>
  /** What is there of it already, for whoever cannot wait: as `watch` would give it. */
  take(): Promise<string | undefined>
  /** Asks what a user typed, over a channel of this process. Gives the answer, or each item, as JSON. */
  ask(question: HandMade, signal: AbortSignal): AsyncIterable<string>
  /** Closes a channel, as if it were lost. */
  drop(channel: ChannelName): Promise<void>
  /** Has this process take long for every item that comes by a link, for so many milliseconds from now on. */
  slow(link: string, duration: number): Promise<void>
}

export interface ChannelName {
  link: string
  /** Which channel of its link; it grows with every new one. */
  generation: number
}

/** A question that was typed. */
export interface HandMade extends ChannelName {
  verb: Verb
  method: string
  args: unknown[]
}

export type Verb = 'call' | 'stream' | 'notify'

/** What has passed through the channels of a process since the batch before. */
export interface Batch {
  tallies: Tally[]
  entries: Entry[]
  /** How many messages are in the tallies alone, for there were too many. */
  unlisted: number
  /** All channels that are open, where they are others than before. */
  channels?: OpenChannel[]
}

export interface OpenChannel extends ChannelName {
  /** Who is at the other end, as far as that is known. */
  peer: Place | undefined
  /** In milliseconds since 1970, as all times here. */
  since: number
  /** What this end serves. */
  methods: Method[]
}

export interface Method {
  name: string
  /** As far as its function tells. */
  verb: Verb
}

/** Of one channel. What arrives is counted where it was sent. */
export interface Tally extends ChannelName {
  peer: Place | undefined
  /** Sent from here, and about how many bytes. */
  messages: number
  bytes: number
  /** Answers that were errors. */
  failures: number
  /** Milliseconds from calls to their answers: some of them, where there are many. */
  roundTrips: number[]
  /** As it is now: streams that are read here, and how many of the items that they may be ahead have come. */
  streams: number
  credit: { used: number; most: number }
}

export type Entry = Asked | Items | Answered

/** Something was asked here. */
export interface Asked extends ChannelName {
  what: 'asked'
  /** Among those of its process. */
  id: number
  /** The key of who is asked, where that is one of many. */
  to?: string | undefined
  kind: Verb
  method: string
  at: number
  /** JSON; empty when it is not to be seen. */
  args: string
}

/** Items have come of a stream. */
export interface Items {
  what: 'items'
  id: number
  count: number
  /** JSON of the first of them. */
  items: string[]
}

export interface Answered {
  what: 'answered'
  id: number
  how: Outcome
  /** Milliseconds since it was asked. */
  after: number
  /** JSON; empty when there is nothing, or it is not to be seen. */
  answer: string
}

/** `lost` with its channel, before there was an answer. */
export type Outcome = 'answered' | 'failed' | 'cancelled' | 'lost'

/** Served by main. */
export interface Desk {
  /** Gives the processes of the app, whenever they are others, and about once a second. */
  watch(signal: AbortSignal): AsyncIterable<Process[]>
  /** Does something bad on purpose. */
  harm(node: string, key: string | undefined, harm: Harm): Promise<void>
  /** Has its user choose a file, and writes a text there. */
  save(text: string): Promise<void>
}

/** A process that is a node, or one of many. */
export interface Process extends Place {
  pid: number
  /** `gone` when it has died, until it is started again; `absent` when it is not started, or its window is closed. */
  state: 'running' | 'stopped' | 'gone' | 'absent'
  /** In bytes; 0 where it is not known. */
  memory: number
  /** Of one core, from 0. */
  cpu: number
}

export type Harm = 'reload' | 'crash' | 'kill' | 'stop' | 'continue' | 'block'
