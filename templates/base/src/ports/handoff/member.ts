import type { MessagePortMain } from 'electron'
import { printable } from '../printable'
import type { Peer, Reply } from './handoff'

/** A process that takes part as a node, or as one of many of it: the pages of a window, a utility process, or main. */
export interface Member extends Peer {
  readonly isPage: boolean
  /** Throws when it is gone. */
  post(reply: Reply, port?: MessagePortMain): void
}

/** What a member asked for, and was found good. */
export interface Request {
  readonly nonce: string
  readonly member: Member
  /** The key of the member that is to have the other end. */
  readonly to?: string | undefined
}

/** How a member is called in what people read. */
export function nameOf({ node, key }: Peer): string {
  return key === undefined ? `"${node}"` : `"${node}" (key "${printable(key)}")`
}

/** A member that has gone gets nothing; its port is closed, so that the other end learns of it. */
export function answer(to: Pick<Member, 'post'>, message: Reply, port?: MessagePortMain): void {
  try {
    to.post(message, port)
  } catch {
    port?.close()
  }
}
