import type { MessagePortMain } from 'electron'
import type { Reply } from './handoff'

/** A process that takes part as a node: the pages of a window, a utility process, or main. */
export interface Member {
  readonly node: string
  readonly isPage: boolean
  /** Throws when it is gone. */
  post(reply: Reply, port?: MessagePortMain): void
}

/** What a member asked for, and was found good. */
export interface Request {
  readonly nonce: string
  readonly member: Member
}

/** A member that has gone gets nothing; its port is closed, so that the other end learns of it. */
export function answer(to: Pick<Member, 'post'>, message: Reply, port?: MessagePortMain): void {
  try {
    to.post(message, port)
  } catch {
    port?.close()
  }
}
