/** Links for Vue. What a component has asked for ends with it. */
import {
  type MaybeRefOrGetter,
  type ToRefs,
  onScopeDispose,
  shallowReactive,
  toRefs,
  toValue,
  watch,
} from 'vue'
import type { LinkStatus } from '../ports/link'
import { Call, type CallState, type CallVerbs } from './asking/call'
import type { MembersState } from './asking/member-links'
import { Stream, type StreamState, type StreamVerbs } from './asking/stream'
import type { Changing, Watched } from './asking/watched'

/**
 * The state of a link, and which port of it this is by now.
 *
 * @param link  As a getter or a shallow ref it is followed: `useLink(() => link)` for a prop.
 */
export function useLink(
  link: MaybeRefOrGetter<LinkStatus>,
): Readonly<ToRefs<Pick<LinkStatus, 'state' | 'generation'>>> {
  return useSeen(link, ({ state, generation }) => ({ state, generation }))
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
): ToRefs<CallState<Result>> & CallVerbs<Args> {
  const made = new Call(call)
  onScopeDispose(made.cancel)
  return { ...useWatched(made), ask: made.ask, cancel: made.cancel }
}

/**
 * A stream that is read when `start` is called.
 *
 * @param kept  How many items are kept, of a stream that may have no end: 1000 unless given.
 */
export function useStream<Args extends unknown[], Item>(
  stream: (...args: Args) => AsyncIterable<Item>,
  kept?: number,
): ToRefs<StreamState<Item>> & StreamVerbs<Args> {
  const read = new Stream(stream, kept)
  onScopeDispose(read.cancel)
  const { start, cancel, pause, resume } = read
  return { ...useWatched(read), start, cancel, pause, resume }
}

/**
 * Who is there of a node of which there are many: a link to each, as they come and go.
 *
 * @param members  As a getter or a shallow ref they are followed.
 */
export function useMembers<Remote extends object>(
  members: MaybeRefOrGetter<Watched<MembersState<Remote>>>,
): ToRefs<MembersState<Remote>> {
  return useWatched(members)
}

function useWatched<State extends object>(
  watched: MaybeRefOrGetter<Watched<State>>,
): ToRefs<State> {
  return useSeen(watched, ({ state }) => state)
}

/** A ref for each part of what `see` gives. What is in them stays as it came. */
function useSeen<Source extends Changing, Seen extends object>(
  source: MaybeRefOrGetter<Source>,
  see: (source: Source) => Seen,
): ToRefs<Seen> {
  const seen = shallowReactive({} as Seen)
  const follow = (now: Source, _before: unknown, onCleanup: (stop: () => void) => void): void => {
    const update = (): unknown => Object.assign(seen, see(now))
    update()
    onCleanup(now.onChange(update))
  }
  watch(() => toValue(source), follow, { immediate: true, flush: 'sync' })
  return toRefs(seen) as ToRefs<Seen>
}
