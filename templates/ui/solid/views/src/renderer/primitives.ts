/** Links for Solid. What a component has asked for ends with it. */
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import type { LinkState, LinkStatus } from '../ports/link'
import { Call, type CallState } from './asking/call'
import type { MembersState } from './asking/member-links'
import { Stream, type StreamState } from './asking/stream'
import type { Watched } from './asking/watched'

export interface SeenLink {
  state: LinkState
  generation: number
}

/** The state of a link, and which port of it this is by now. */
export function createLinkState(link: LinkStatus): Accessor<SeenLink> {
  const see = (): SeenLink => ({ state: link.state, generation: link.generation })
  const [seen, setSeen] = createSignal(see())
  onCleanup(link.onChange(() => setSeen(see())))
  return seen
}

export interface MadeCall<Args extends unknown[], Result> {
  state: Accessor<CallState<Result>>
  /** Makes the call. It cancels the one before. */
  ask(...args: Args): void
  cancel(): void
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
  const made = new Call<Result>()
  const cancel = (): void => made.cancel()
  const ask = (...args: Args): void => made.run((signal) => call(signal, ...args))
  onCleanup(cancel)
  return { state: createWatched(made), ask, cancel }
}

export interface ReadStream<Args extends unknown[], Item> {
  state: Accessor<StreamState<Item>>
  /** Reads the stream from its start. It cancels the one before. */
  start(...args: Args): void
  cancel(): void
  pause(): void
  resume(): void
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
  const read = new Stream<Item>(kept)
  const cancel = (): void => read.cancel()
  onCleanup(cancel)
  return {
    state: createWatched(read),
    start: (...args) => read.run(stream(...args)),
    cancel,
    pause: () => read.pause(),
    resume: () => read.resume(),
  }
}

/** Who is there of a node of which there are many: a link to each, as they come and go. */
export function createMembers<Remote extends object>(
  members: Watched<MembersState<Remote>>,
): Accessor<MembersState<Remote>> {
  return createWatched(members)
}

function createWatched<State>(watched: Watched<State>): Accessor<State> {
  const [state, setState] = createSignal(watched.state)
  onCleanup(watched.subscribe(() => setState(() => watched.state)))
  return state
}
