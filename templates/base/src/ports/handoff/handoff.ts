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

/** The ipc channels between preload and main. */
export const ipc = {
  /** A new document has begun: what its predecessor asked for is void. */
  document: 'ports:document',
  open: 'ports:open',
  accept: 'ports:accept',
  /** What was asked for under a nonce is no longer wanted. */
  withdraw: 'ports:withdraw',
  grant: 'ports:grant',
  refuse: 'ports:refuse',
  /** Whoever had the other end of a port has gone. */
  gone: 'ports:gone',
} as const

/** A page wants its end of a link: one port (open), or one for each that opens (accept). */
export interface Ask {
  link: string
  nonce: string
}

/** What main says, and the preload passes on to its page. */
export type Reply = Answer | Gone

/** A grant carries one port. */
export type Answer =
  | { type: typeof ipc.grant; link: string; nonce: string; generation: number; toProcess: boolean }
  | { type: typeof ipc.refuse; link: string; nonce: string; code: RefusalCode; reason: string }

/** The other end of what was granted is gone. */
export interface Gone {
  type: typeof ipc.gone
  nonce: string
  generation: number
}

/** `refused` for good; `unavailable` at the moment. */
export type RefusalCode = 'refused' | 'unavailable'

/** What the preload puts on `window` for {@link file://./page.ts}. */
export interface HandoffBridge {
  open(ask: Ask): void
  accept(ask: Ask): void
  withdraw(nonce: string): void
}

/** True when `data` came from a preload as an {@link Ask}. Main trusts nothing that a page says. */
export function isAsk(data: unknown): data is Ask {
  return isRecord(data) && isName(data['link']) && isName(data['nonce'])
}

/** True when `data` was posted to this window as a {@link Reply}. */
export function isReply(data: unknown): data is Reply {
  return isRecord(data) && [ipc.grant, ipc.refuse, ipc.gone].some((type) => data['type'] === type)
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 100
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
