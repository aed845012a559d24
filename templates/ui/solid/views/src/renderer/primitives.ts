/** Links for Solid. What a component has asked for ends with it. */
import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js'
import type { LinkStatus } from '../ports/link'
import { Call, type CallState, type CallVerbs } from './asking/call'
import type { MembersState } from './asking/member-links'
import { Stream, type StreamState, type StreamVerbs } from './asking/stream'
import type { Changing, Watched } from './asking/watched'

/** A value, or an accessor of one, which is followed. */
export type MaybeAccessor<Value> = Value | Accessor<Value>

/**
 * The state of a link, and which port of it this is by now.
 *
 * @param link  As an accessor it is followed: `createLinkState(() => props.link)`.
 */
export function createLinkState(
  link: MaybeAccessor<LinkStatus>,
): Accessor<Pick<LinkStatus, 'state' | 'generation'>> {
  return createSeen(link, ({ state, generation }) => ({ state, generation }))
}

export interface MadeCall<Args extends unknown[], Result> extends CallVerbs<Args> {
  state: Accessor<CallState<Result>>
}

/**
 * A call that is made when `ask` is called.
 *
 * @example
 * const book = createCall((signal, title: string) => library.with({ signal }).call.find(title))
 * // … onClick={() => book.ask('Emma')}, and then {book.state().value}
 */
export function createCall<Args extends unknown[], Result>(
  call: (signal: AbortSignal, ...args: Args) => Promise<Result>,
): MadeCall<Args, Result> {
  const made = new Call(call)
  onCleanup(made.cancel)
  return { state: createWatched(made), ask: made.ask, cancel: made.cancel }
}

export interface ReadStream<Args extends unknown[], Item> extends StreamVerbs<Args> {
  state: Accessor<StreamState<Item>>
}

/**
 * A stream that is read when `start` is called.
 *
 * @param kept  How many items are kept, of a stream that may have no end: 1000 unless given.
 */
export function createStream<Args extends unknown[], Item>(
  stream: (...args: Args) => AsyncIterable<Item>,
  kept?: number,
): ReadStream<Args, Item> {
  const read = new Stream(stream, kept)
  onCleanup(read.cancel)
  const { start, cancel, pause, resume } = read
  return { state: createWatched(read), start, cancel, pause, resume }
}

/**
 * Who is there of a node of which there are many: a link to each, as they come and go.
 *
 * @param members  As an accessor they are followed.
 */
export function createMembers<Remote extends object>(
  members: MaybeAccessor<Watched<MembersState<Remote>>>,
): Accessor<MembersState<Remote>> {
  return createWatched(members)
}

function createWatched<State>(watched: MaybeAccessor<Watched<State>>): Accessor<State> {
  return createSeen(watched, ({ state }) => state)
}

/** What `see` sees of `source`, whichever that is by now. */
function createSeen<Source extends Changing, Seen>(
  source: MaybeAccessor<Source>,
  see: (source: Source) => Seen,
): Accessor<Seen> {
  const followed = createMemo(() => {
    const now = typeof source === 'function' ? source() : source
    const [seen, setSeen] = createSignal(see(now))
    onCleanup(now.onChange(() => setSeen(() => see(now))))
    return seen
  })
  const seen = createMemo(() => followed()())
  return seen
}
