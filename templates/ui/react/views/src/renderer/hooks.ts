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
import { Call, type CallState, type CallVerbs } from './asking/call'
import type { MembersState } from './asking/member-links'
import { Stream, type StreamState, type StreamVerbs } from './asking/stream'
import type { Changing, Watched } from './asking/watched'

/** The state of a link, and which port of it this is by now. */
export function useLink(link: LinkStatus): { state: LinkState; generation: number } {
  const state = useSeen(link, () => link.state)
  const generation = useSeen(link, () => link.generation)
  return { state, generation }
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
): CallState<Result> & CallVerbs<Args> {
  const latest = useLatest(call)
  const [made] = useState(() => new Call(latest))
  useEffect(() => made.cancel, [made])
  const state = useSeen(made, () => made.state)
  return { ...state, ask: made.ask, cancel: made.cancel }
}

/**
 * A stream that is read when `start` is called.
 *
 * @param kept  How many items are kept, of a stream that may have no end: 1000 unless given.
 */
export function useStream<Args extends unknown[], Item>(
  stream: (...args: Args) => AsyncIterable<Item>,
  kept?: number,
): StreamState<Item> & StreamVerbs<Args> {
  const latest = useLatest(stream)
  const [read] = useState(() => new Stream(latest, kept))
  useEffect(() => read.cancel, [read])
  const state = useSeen(read, () => read.state)
  return {
    ...state,
    start: read.start,
    cancel: read.cancel,
    pause: read.pause,
    resume: read.resume,
  }
}

/** Who is there of a node of which there are many: a link to each, as they come and go. */
export function useMembers<Remote extends object>(
  members: Watched<MembersState<Remote>>,
): MembersState<Remote> {
  return useSeen(members, () => members.state)
}

/** What `see` gives, which changes with `source` alone. */
function useSeen<Seen>(source: Changing, see: () => Seen): Seen {
  const subscribe = useCallback((listener: () => void) => source.onChange(listener), [source])
  return useSyncExternalStore(subscribe, see)
}

/** Calls the function of the last rendering, and is itself the same in each. */
function useLatest<Args extends unknown[], Result>(
  run: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(run)
  useLayoutEffect(() => {
    latest.current = run
  })
  return useCallback((...args) => latest.current(...args), [])
}
