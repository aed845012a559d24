/** Links for Svelte. What a component has asked for ends with it. */
import { createSubscriber } from 'svelte/reactivity'
import type { LinkStatus } from '../ports/link'
import { Call, type CallState, type CallVerbs } from './asking/call'
import type { MembersState } from './asking/member-links'
import { Stream, type StreamState, type StreamVerbs } from './asking/stream'
import type { Changing, Watched } from './asking/watched'

/** The state of a link, and which port of it this is by now. */
export function useLink(link: LinkStatus): Pick<LinkStatus, 'state' | 'generation'> {
  const seen = reactive(link)
  return {
    get state() {
      return seen().state
    },
    get generation() {
      return seen().generation
    },
  }
}

export interface UsedCall<Args extends unknown[], Result> extends CallVerbs<Args> {
  readonly current: CallState<Result>
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
  const made = new Call(call)
  $effect(() => made.cancel)
  const seen = reactive(made)
  const { ask, cancel } = made
  return {
    get current() {
      return seen().state
    },
    ask,
    cancel,
  }
}

export interface UsedStream<Args extends unknown[], Item> extends StreamVerbs<Args> {
  readonly current: StreamState<Item>
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
  const read = new Stream(stream, kept)
  $effect(() => read.cancel)
  const seen = reactive(read)
  const { start, cancel, pause, resume } = read
  return {
    get current() {
      return seen().state
    },
    start,
    cancel,
    pause,
    resume,
  }
}

/** Who is there of a node of which there are many: a link to each, as they come and go. */
export function useMembers<Remote extends object>(
  members: Watched<MembersState<Remote>>,
): { readonly current: MembersState<Remote> } {
  const seen = reactive(members)
  return {
    get current() {
      return seen().state
    },
  }
}

/** Gives `source`. Whoever reads it so is run again when it changes. */
function reactive<Source extends Changing>(source: Source): () => Source {
  const subscribe = createSubscriber((update) => source.onChange(update))
  return () => {
    subscribe()
    return source
  }
}
