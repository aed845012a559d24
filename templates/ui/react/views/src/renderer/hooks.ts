/** Links for React. What a component has asked for ends with it. */
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { LinkState, LinkStatus } from '../ports/link'
import { Call, type CallState } from './asking/call'
import type { MembersState } from './asking/member-links'
import { Stream, type StreamState } from './asking/stream'
import type { Watched } from './asking/watched'

/** The state of a link, and which port of it this is by now. */
export function useLink(link: LinkStatus): { state: LinkState; generation: number } {
  const subscribe = useCallback((listener: () => void) => link.onChange(listener), [link])
  const state = useSyncExternalStore(subscribe, () => link.state)
  const generation = useSyncExternalStore(subscribe, () => link.generation)
  return { state, generation }
}

export interface UsedCall<Args extends unknown[], Result> extends CallState<Result> {
  /** Makes the call. It cancels the one before. */
  ask(...args: Args): void
  cancel(): void
}

/**
 * A call that is made when `ask` is called.
 *
 * @example
 * const book = useCall((signal, title: string) => library.with({ signal }).call.find(title))
 * // … onClick={() => book.ask('Emma')}
 */
export function useCall<Args extends unknown[], Result>(
  call: (signal: AbortSignal, ...args: Args) => Promise<Result>,
): UsedCall<Args, Result> {
  const [made] = useState(() => new Call<Result>())
  const latest = useLatest(call)
  const ask = useCallback(
    (...args: Args) => made.run((signal) => latest.current(signal, ...args)),
    [made, latest],
  )
  return { ...useWatched(made), ask, cancel: useCancel(made) }
}

export interface UsedStream<Args extends unknown[], Item> extends StreamState<Item> {
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
  const [read] = useState(() => new Stream<Item>(kept))
  const latest = useLatest(stream)
  const start = useCallback((...args: Args) => read.run(latest.current(...args)), [read, latest])
  const pause = useCallback(() => read.pause(), [read])
  const resume = useCallback(() => read.resume(), [read])
  return { ...useWatched(read), start, cancel: useCancel(read), pause, resume }
}

/** Who is there of a node of which there are many: a link to each, as they come and go. */
export function useMembers<Remote extends object>(
  members: Watched<MembersState<Remote>>,
): MembersState<Remote> {
  return useWatched(members)
}

function useWatched<State>(watched: Watched<State>): State {
  const subscribe = useCallback((listener: () => void) => watched.subscribe(listener), [watched])
  return useSyncExternalStore(subscribe, () => watched.state)
}

/** A function of the last rendering, for those that keep theirs. */
function useLatest<Value>(value: Value): { current: Value } {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}

/** How to cancel what is asked. It is cancelled when its component goes, too. */
function useCancel(asked: { cancel(): void }): () => void {
  useEffect(() => () => asked.cancel(), [asked])
  return useCallback(() => asked.cancel(), [asked])
}
