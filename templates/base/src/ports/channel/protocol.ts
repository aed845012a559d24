/**
 * Every message two ends of a channel exchange, on one screen.
 *
 *   caller                                handler
 *     ── call id ─────────────────────────▶
 *     ◀─────────────── result id | error id
 *
 *     ── stream id, credit ───────────────▶
 *     ◀─────── items id … end id | error id      end says how many items there were
 *     ── credit id · cancel id ───────────▶      cancel ends a call too
 *
 *     ── call id, {place: offer} ─────────▶      a stream among the arguments
 *     ◀─────── stream id, offer, credit ───      goes the other way, from here like any stream
 *
 *     ── notify ──────────────────────────▶      nothing comes back
 *     ── ping ──▶ ◀── pong ──                    is anybody there?
 *     ── large ─▶ ◀── got ───                    what came with it took up much room, and is read
 *                 ◀── unread ───                 or it came to nothing: it cannot be read there
 *     ◀── close ──────────────────────────▶      from either end, once
 *
 * A message with errors in it is one in another: carried, what a clone loses of them, call, id, …
 *
 * Ids are chosen by the caller and unique to its side, so both ends may call at once.
 *
 * One post carries one or more messages in a flat array, each behind its length, for structured
 * clone is twice as fast without arrays in the array:
 *
 *   [5, 'call', 7, 'find', undefined, 'Emma',  3, 'credit', 4, 8]
 */
import { isObject } from './plain'

export type Message = Question | Answer | Upkeep | Carried

/** What a caller sends. */
export type Question =
  | [kind: 'call', id: number, method: string, ties: Ties | undefined, ...args: unknown[]]
  | [
      kind: 'stream',
      id: number,
      method: string | Offer,
      ties: Ties | undefined,
      credit: number,
      ...args: unknown[],
    ]
  | [kind: 'notify', method: string, ...args: unknown[]]
  | [kind: 'credit', id: number, count: number]
  | [kind: 'cancel', id: number, reason: ErrorData]

/** What a handler sends. */
export type Answer =
  | [kind: 'result', id: number, value: unknown]
  | [kind: 'items', id: number, ...values: unknown[]]
  | [kind: 'end', id: number, items: number]
  | [kind: 'error', id: number, error: ErrorData]

/** Another message, behind what structured clone loses of the errors in it. */
export type Carried = [kind: 'carried', errors: ErrorData[], ...message: unknown[]]

/** What the two ends have to say about the channel itself. */
export type Upkeep =
  | [kind: 'ping']
  | [kind: 'pong']
  | [kind: 'large']
  | [kind: 'got']
  | [kind: 'unread']
  | [kind: 'close', reason: string]

/** The number of a stream that went out as an argument, from 1. */
export type Offer = number

/**
 * Which arguments stayed with the caller, for they cannot be cloned, by their places, which are empty: streams,
 * and signals.
 */
export type Ties = Record<number, Offer | typeof SIGNAL>

export const SIGNAL = 0

/** What was thrown, in a form that survives structured clone with its name and code. */
export type ErrorData =
  | {
      name: string
      message: string
      /** The rest of it: its code, and fields of its own. */
      fields: Record<string, unknown>
      stack?: string | undefined
      cause?: ErrorData
      /** Of an AggregateError. */
      errors?: ErrorData[] | undefined
    }
  | { thrown: unknown }

/** How many causes of an error travel with it. An error may be its own cause. */
export const MAX_CAUSES = 8

/** How many parts a message may have. A post with many more is not read, whoever sent it. */
export const MAX_PARTS = 100_000

/**
 * Reads what came in one post. What is no message of ours is left out: `null` is what Electron
 * makes of a post it could not deserialize, and anyone may hold the other end.
 *
 * @param receive  Called with every message, in order; returns false when it was not to be sent.
 * @returns true when it was nothing but messages.
 */
export function readPost(data: unknown, receive: (message: Message) => boolean): boolean {
  if (!Array.isArray(data) || data.length > 2 * MAX_PARTS) return false
  let isClean = true
  for (let start = 0; start < data.length;) {
    const length: unknown = data[start]
    if (!isCount(length)) return false
    const end = start + 1 + length
    if (end > data.length) return false
    const message: unknown[] = []
    // By hand: a hostile array may bring methods of its own.
    for (start += 1; start < end; start += 1) message.push(data[start])
    if (!isMessage(message) || !receive(message)) isClean = false
  }
  return isClean
}

/** What the fields behind its kind must be. What follows them may be anything. */
const shapes = new Map<unknown, ((field: unknown) => boolean)[]>(
  Object.entries({
    call: [isId, isText],
    stream: [isId, isName, isAny, isCount],
    notify: [isText],
    credit: [isId, isCount],
    cancel: [isId, isObject],
    result: [isId],
    items: [isId],
    end: [isId],
    error: [isId, isObject],
    ping: [],
    pong: [],
    large: [],
    got: [],
    unread: [],
    close: [isText],
    carried: [isObject],
  } satisfies Record<Message[0], unknown>),
)

/** Whether its fields are what they must be. */
export function isMessage(message: unknown[]): message is Message {
  const shape = shapes.get(message[0])
  if (!shape) return false
  for (let at = 0; at < shape.length; at++) if (!shape[at]?.(message[at + 1])) return false
  return true
}

function isId(field: unknown): field is number {
  return Number.isSafeInteger(field)
}

function isCount(field: unknown): field is number {
  return isId(field) && field > 0
}

function isText(field: unknown): field is string {
  return typeof field === 'string'
}

/** Of a method, or the number of a stream. */
function isName(field: unknown): boolean {
  return isText(field) || isId(field)
}

function isAny(): boolean {
  return true
}
