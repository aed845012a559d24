/**
 * How a page comes by a port. It asks; nothing is pushed at it, for a push during a load is lost.
 *
 *   page               preload             main (broker)                    the other node
 *    │ nonce             │                     │                                  │
 *    ├─ open(link) ─────▶├─ ipc ports:open ───▶│ who asks? may it?                │
 *    │                   │                     │        ◀── ports:accept, once ───┤
 *    │                   │                     │ new MessageChannelMain()         │
 *    │                   │◀─ ports:grant ──────┤───────── ports:grant ───────────▶│
 *    │◀─ window.postMessage(grant, [port]) ────│                                  │
 *    ◀═════════════════════════ the two now speak without main ═════════════════▶ │
 *
 * The nonce is known to one document and the broker: it tells an answer to this document from one
 * to the document before it, and from whatever else may post messages to the window.
 */

/** The ipc channels on which a preload asks main. */
export const toMain = {
  /** A new document has begun: what its predecessor asked for is void. */
  document: 'ports:document',
  open: 'ports:open',
  accept: 'ports:accept',
  /** What was asked for under a nonce is no longer wanted. */
  withdraw: 'ports:withdraw',
} as const

/** The ipc channels on which main answers: the types of its replies. */
export const fromMain = {
  grant: 'ports:grant',
  refuse: 'ports:refuse',
  /** Whoever had the other end of a port has gone. */
  gone: 'ports:gone',
  /** An end has been asked for, and the other one is long in coming. */
  waiting: 'ports:waiting',
} as const

/** Which end of a link is asked for: the one that opens it, or the one that accepts. */
export type End = 'from' | 'to'

/** A page wants its end of a link: one port (open), or one for each that opens (accept). */
export interface Ask {
  link: string
  nonce: string
  /** Which one is to be at the other end, where there are many of that node: its key. */
  to?: string | undefined
  /** Whether to start the node at the other end once more, where it is down. */
  again?: boolean | undefined
}

/**
 * How often a page may ask at once, and how many times more every second: one that reloads a hundred times in a row
 * needs less, one gone wild gets no more.
 */
export const LIMITS: Record<End, { burst: number; perSecond: number }> = {
  from: { burst: 200, perSecond: 20 },
  to: { burst: 1000, perSecond: 100 },
}

/** Who is at the other end of a port. */
export interface Peer {
  readonly node: string
  /** Which one, where there are many of that node. Main has given it: no process can say it of itself. */
  readonly key?: string | undefined
}

/**
 * A link of every member of a node of which there are many, to main itself. Its port leads nowhere, for what is asked is
 * who the member is: `peer` tells that.
 */
export const OWN_KEY = 'ports:own-key'

/**
 * A link to main itself of every node that may open one to `node`, of which there are many. Over its port main posts the keys
 * of those who are there, and again whenever that changes: once what it posted before has been answered, by anything.
 */
export function membersOf(node: string): string {
  return `ports:members:${node}`
}

/** What main says, and the preload passes on to its page. */
export type Reply = Answer | Gone | Waiting

/** A grant carries one port. */
export type Answer =
  | {
      type: typeof fromMain.grant
      link: string
      nonce: string
      generation: number
      toProcess: boolean
      peer: Peer
    }
  | { type: typeof fromMain.refuse; link: string; nonce: string; code: RefusalCode; reason: string }

/** The other end of what was granted is gone. */
export interface Gone {
  type: typeof fromMain.gone
  nonce: string
  generation: number
}

/** Who has the other end is not there yet, and may never be. */
export interface Waiting {
  type: typeof fromMain.waiting
  nonce: string
  reason: string
}

/** `refused` for good; `unavailable` at the moment; `down` until the node at the other end is tried again. */
export type RefusalCode = 'refused' | 'unavailable' | 'down'

/** What the preload puts on `window` for {@link file://./page.ts}. */
export interface HandoffBridge {
  open(ask: Ask): void
  accept(ask: Ask): void
  withdraw(nonce: string): void
}

/** True when `data` came from a preload as an {@link Ask}. Main trusts nothing that a page says. */
export function isAsk(data: unknown): data is Ask {
  if (!isRecord(data) || !isName(data['link']) || !isName(data['nonce'])) return false
  return data['to'] === undefined || typeof data['to'] === 'string'
}

const replies: unknown[] = Object.values(fromMain)

/** True when `data` was posted to this window as a {@link Reply}. */
export function isReply(data: unknown): data is Reply {
  return isRecord(data) && replies.includes(data['type'])
}

/** True for what may be the name of a link, or a nonce. */
export function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 100
}

export const WHAT_A_KEY_IS = 'A key is a string of 1 to 100 characters.'

/** True for what may be the key of a member. */
export function isKey(value: unknown): value is string {
  return isName(value) && value !== ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
