/** Links for Svelte. What a component has asked for ends with it. */
import { createSubscriber } from 'svelte/reactivity'
import type { LinkState, LinkStatus } from '../ports/link'
import { Call, type CallState } from './asking/call'
import type { MembersState } from './asking/member-links'
import { Stream, type StreamState } from './asking/stream'
import type { Watched } from './asking/watched'

/** The state of a link, and which port of it this is by now. */
export function useLink(link: LinkStatus): {
  readonly state: LinkState
  readonly generation: number
} {
  const subscribe = createSubscriber((update) => link.onChange(update))
  return {
    get state() {
      subscribe()
      return link.state
    },
    get generation() {
      subscribe()
      return link.generation
    },
  }
}

export interface UsedCall<Args extends unknown[], Result> {
  readonly current: CallState<Result>
  /** Makes the call. It cancels the one before. */
  ask(...args: Args): void
  cancel(): void
}

/**
 * A call that is made when `ask` is called.
 *
 * @example
 * const book = useCall((signal, title: string) => library.with({ signal }).call.find(title))
 * // … onclick={() => book.ask('Emma')}, and then {book.current.value}
 */
export function useCall<Args extends unknown[], Result>(
  call: (signal: AbortSignal, ...args: Args) => Promise<Result>,
): UsedCall<Args, Result> {
  const made = new Call<Result>()
  $effect(() => () => made.cancel())
  return withCurrent(made, {
    ask: (...args: Args) => made.run((signal) => call(signal, ...args)),
    cancel: () => made.cancel(),
  })
}

export interface UsedStream<Args extends unknown[], Item> {
  readonly current: StreamState<Item>
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
export function useStream<Args extends unknown[], Item>(
  stream: (...args: Args) => AsyncIterable<Item>,
  kept?: number,
): UsedStream<Args, Item> {
  const read = new Stream<Item>(kept)
  $effect(() => () => read.cancel())
  return withCurrent(read, {
    start: (...args: Args) => read.run(stream(...args)),
    cancel: () => read.cancel(),
    pause: () => read.pause(),
    resume: () => read.resume(),
  })
}

/** Who is there of a node of which there are many: a link to each, as they come and go. */
export function useMembers<Remote extends object>(
  members: Watched<MembersState<Remote>>,
): { readonly current: MembersState<Remote> } {
  return withCurrent(members, {})
}

/** Whoever reads `current` is run again when it changes. */
function withCurrent<State, Others extends object>(
  watched: Watched<State>,
  others: Others,
): Others & { readonly current: State } {
  const subscribe = createSubscriber((update) => watched.subscribe(update))
  return Object.defineProperty(others, 'current', {
    get: () => {
      subscribe()
      return watched.state
    },
  }) as Others & { readonly current: State }
}
