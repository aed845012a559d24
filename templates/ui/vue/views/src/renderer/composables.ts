/** Links for Vue. What a component has asked for ends with it. */
import {
  type ShallowRef,
  type ToRefs,
  onScopeDispose,
  shallowReactive,
  shallowRef,
  toRefs,
} from 'vue'
import type { LinkState, LinkStatus } from '../ports/link'
import { Call, type CallState } from './asking/call'
import type { MembersState } from './asking/member-links'
import { Stream, type StreamState } from './asking/stream'
import type { Watched } from './asking/watched'

export interface UsedLink {
  state: Readonly<ShallowRef<LinkState>>
  generation: Readonly<ShallowRef<number>>
}

/** The state of a link, and which port of it this is by now. */
export function useLink(link: LinkStatus): UsedLink {
  const state = shallowRef(link.state)
  const generation = shallowRef(link.generation)
  const stop = link.onChange(() => {
    state.value = link.state
    generation.value = link.generation
  })
  onScopeDispose(stop)
  return { state, generation }
}

export interface UsedCall<Args extends unknown[], Result> extends ToRefs<CallState<Result>> {
  /** Makes the call. It cancels the one before. */
  ask(...args: Args): void
  cancel(): void
}

/**
 * A call that is made when `ask` is called.
 *
 * @example
 * const { value, ask } = useCall((signal, title: string) => library.with({ signal }).call.find(title))
 * // … @click="ask('Emma')"
 */
export function useCall<Args extends unknown[], Result>(
  call: (signal: AbortSignal, ...args: Args) => Promise<Result>,
): UsedCall<Args, Result> {
  const made = new Call<Result>()
  const cancel = (): void => made.cancel()
  const ask = (...args: Args): void => made.run((signal) => call(signal, ...args))
  onScopeDispose(cancel)
  return { ...useWatched(made), ask, cancel }
}

export interface UsedStream<Args extends unknown[], Item> extends ToRefs<StreamState<Item>> {
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
  const cancel = (): void => read.cancel()
  onScopeDispose(cancel)
  return {
    ...useWatched(read),
    start: (...args) => read.run(stream(...args)),
    cancel,
    pause: () => read.pause(),
    resume: () => read.resume(),
  }
}

/** Who is there of a node of which there are many: a link to each, as they come and go. */
export function useMembers<Remote extends object>(
  members: Watched<MembersState<Remote>>,
): ToRefs<MembersState<Remote>> {
  return useWatched(members)
}

/** A ref for each part of the state. What is in them stays as it came. */
function useWatched<State extends object>(watched: Watched<State>): ToRefs<State> {
  const state = shallowReactive({ ...watched.state })
  onScopeDispose(watched.subscribe(() => Object.assign(state, watched.state)))
  return toRefs(state) as ToRefs<State>
}
