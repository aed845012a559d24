import type { Ask } from './caller'
import { Conversation } from './conversation'
import type { PortError } from '../errors'
import type { CallOptions, ChannelOptions } from './options'
import type { PortLike } from './port'
import { type Verbs, verbsOf } from './verbs'

/** Two ends that speak a contract over one port. Either may serve, call, or do both. */
export interface Channel<Remote> extends Verbs<Remote> {
  /** Resolves, and never rejects, with the reason once either end has closed or is gone. */
  readonly closed: Promise<PortError>
  /** How many posts came that were no messages of this kernel, or not only. */
  readonly dropped: number
  /** The verbs for code that knows methods by name only: a link, a gateway, a tool. */
  readonly ask: Ask
  /**
   * Ends the channel: what waits at either end fails with code `closed`. What was sent before
   * arrives before. Closing twice is harmless.
   */
  close(reason?: string): void
}

/**
 * Opens a channel over any port and starts the port.
 *
 * @param port  A DOM MessagePort or a MessagePortMain that nobody else listens to.
 * @param handlers  What this end serves: an object that implements the contract the other end calls by.
 */
export function openChannel<Remote extends object>(
  port: PortLike,
  handlers: object = {},
  options: ChannelOptions = {},
): Channel<Remote> {
  const conversation = new Conversation(handlers, options.link)
  conversation.connect(port, options)
  return channelOf(conversation, options)
}

/** A conversation as its users see it. */
export function channelOf<Remote extends object>(
  conversation: Conversation,
  terms: CallOptions,
): Channel<Remote> {
  const { caller: ask, closed } = conversation
  return {
    ...verbsOf<Remote>(() => ask, terms),
    ask,
    closed,
    get dropped() {
      return conversation.dropped
    },
    close: (reason = 'it is no longer needed.') => conversation.close(reason),
  }
}
