/**
 * Every message two ends of a channel exchange, on one screen.
 *
 *   caller                                handler
 *     ── call {id} ───────────────────────▶
 *     ◀─────────── result {id} | error {id}
 *
 *     ── stream {id, credit} ─────────────▶
 *     ◀─────────── item {id} … end {id} | error {id}
 *     ── credit {id} · cancel {id} ───────▶      cancel ends a call too
 *
 *     ── notify ──────────────────────────▶      nothing comes back
 *     ◀── close ──────────────────────────▶      from either end, once
 *
 * Ids are chosen by the caller and unique to its side, so both ends may call at once.
 */
export type Message = Question | Answer | { kind: 'close'; reason: string }

/** What a caller sends. */
export type Question =
  | Opening
  | { kind: 'credit'; id: number; count: number }
  | { kind: 'cancel'; id: number; reason: ErrorData }

/** The questions that start a handler. */
export type Opening =
  | ({ kind: 'call'; id: number } & Invocation)
  | ({ kind: 'stream'; id: number; credit: number } & Invocation)
  | ({ kind: 'notify' } & Invocation)

/** What a handler sends. */
export type Answer =
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'item'; id: number; value: unknown }
  | { kind: 'end'; id: number }
  | { kind: 'error'; id: number; error: ErrorData }

export interface Invocation {
  method: string
  args: unknown[]
  /** Where in `args` the caller passed its AbortSignal; that place is empty on the wire. */
  signalAt?: number
}

/** What was thrown, in a form that survives structured clone with its name and code. */
export type ErrorData =
  { name: string; message: string; code?: string | number; cause?: ErrorData } | { thrown: unknown }

/** How many causes of an error travel with it. An error may be its own cause. */
export const MAX_CAUSES = 8

/**
 * True when `data` is a message of ours. Whatever else reaches a port is dropped: `null` is what
 * Electron makes of a message it could not deserialize, and anyone may hold the other end.
 */
export function isMessage(data: unknown): data is Message {
  if (!isRecord(data)) return false
  switch (data['kind']) {
    case 'call':
      return isId(data['id']) && isInvocation(data)
    case 'stream':
      return isId(data['id']) && isCount(data['credit']) && isInvocation(data)
    case 'notify':
      return isInvocation(data)
    case 'result':
    case 'item':
    case 'end':
      return isId(data['id'])
    case 'error':
      return isId(data['id']) && isErrorData(data['error'])
    case 'credit':
      return isId(data['id']) && isCount(data['count'])
    case 'cancel':
      return isId(data['id']) && isErrorData(data['reason'])
    case 'close':
      return typeof data['reason'] === 'string'
    default:
      return false
  }
}

function isInvocation(data: Record<string, unknown>): boolean {
  const { method, args, signalAt } = data
  return (
    typeof method === 'string' && Array.isArray(args) && (signalAt === undefined || isId(signalAt))
  )
}

function isErrorData(data: unknown, causes = MAX_CAUSES): boolean {
  if (!isRecord(data)) return false
  if ('thrown' in data) return true
  const { name, message, code, cause } = data
  return (
    typeof name === 'string' &&
    typeof message === 'string' &&
    ['undefined', 'string', 'number'].includes(typeof code) &&
    (cause === undefined || (causes > 0 && isErrorData(cause, causes - 1)))
  )
}

function isId(value: unknown): boolean {
  return Number.isSafeInteger(value)
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
