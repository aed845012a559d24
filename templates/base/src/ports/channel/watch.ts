/** Where whoever watches channels and their messages hangs in: see `observer.ts`. */
import type { Conversation } from './conversation'
import type { ChannelOptions } from './options'
import type { Message } from './protocol'

/** A message as it passes, and by which channel. */
export interface Passing {
  /** The same object for all messages of a channel. */
  readonly channel: ChannelOptions
  readonly direction: 'in' | 'out'
  readonly message: Message | readonly ['dropped', ...undefined[]]
}

type Watcher = (passing: Passing) => void

export let watcher: Watcher | undefined

/** Told of every channel that begins to speak, with what its messages will be known by. */
export let opened: ((conversation: Conversation, channel: ChannelOptions) => void) | undefined

const watchers = new Set<Watcher>()

/** Tells whoever watches of a message. A build in which nobody does loses the calls as well. */
export function report(
  channel: ChannelOptions,
  direction: Passing['direction'],
  message: Passing['message'],
): void {
  watcher?.({ channel, direction, message })
}

/** Calls `listener` with every message of this process from now on. Returns how to stop that. */
export function watch(listener: Watcher): () => void {
  watchers.add(listener)
  choose()
  return () => {
    watchers.delete(listener)
    choose()
  }
}

/** Has `listener` told of the channels that are opened from now on, in place of any listener before. */
export function onOpened(listener: typeof opened): void {
  opened = listener
}

/** Nearly always there is one of them at most. */
function choose(): void {
  const [first, ...others] = watchers
  watcher =
    others.length === 0
      ? first
      : (passing) => {
          for (const each of watchers) each(passing)
        }
}
