/**
 * A window on what passes through this process's channels, for tools. Whoever does not import it pays
 * for one comparison a message.
 */
import { printable } from '../printable'
import { copyPlain } from './plain'
import type { Message } from './protocol'
import { type Passing, watch } from './watch'

/** One message on its way. */
export interface Frame {
  /** The link it belongs to; empty for a channel that belongs to none. */
  readonly link: string
  /** Which channel of its link; 0 for a channel that belongs to none. */
  readonly generation: number
  readonly direction: 'in' | 'out'
  /** As in `protocol.ts`; `dropped` stands for a post with something in it that is no message. */
  readonly kind: Message[0] | 'dropped'
  /** What is called, where the message says so by name. */
  readonly method: string | undefined
  /** About how many bytes it takes; `Infinity` where that takes too long to tell. */
  readonly bytes: number
  /** Milliseconds from a call, or the start of a stream, to this answer to it. */
  readonly latency: number | undefined
}

let stop: (() => void) | undefined

/** Calls `listener` with every message that leaves or reaches this process, in place of any listener before. */
export function observe(listener: ((frame: Frame) => void) | undefined): void {
  stop?.()
  stop = undefined
  if (!listener) return
  /** When what was asked for: by channel, and by the id that this end gave it. */
  const asked = new WeakMap<object, Map<unknown, number>>()

  stop = watch((passing) => {
    try {
      listener(toFrame(passing, asked))
    } catch (error) {
      console.error('The observer of the ports failed:', error)
    }
  })
}

function toFrame(
  { channel, direction, message }: Passing,
  asked: WeakMap<object, Map<unknown, number>>,
): Frame {
  const times = asked.get(channel) ?? new Map<unknown, number>()
  asked.set(channel, times)
  const { link = '', generation = 0 } = channel
  const [kind, first, second] = message
  const isNamed = kind === 'call' || kind === 'stream'
  const method: unknown = isNamed ? second : kind === 'notify' ? first : undefined
  return {
    link,
    generation,
    direction,
    kind,
    method: typeof method === 'string' ? printable(method) : undefined,
    bytes: bytesOf(message),
    latency: direction === 'out' ? askAt(kind, first, times) : answerAt(kind, first, times),
  }
}

function askAt(kind: Frame['kind'], id: unknown, times: Map<unknown, number>): undefined {
  if (kind === 'call' || kind === 'stream') times.set(id, performance.now())
  if (kind === 'cancel') times.delete(id)
}

function answerAt(
  kind: Frame['kind'],
  id: unknown,
  times: Map<unknown, number>,
): number | undefined {
  if (!['result', 'items', 'end', 'error'].includes(kind)) return undefined
  const askedAt = times.get(id)
  if (kind !== 'items') times.delete(id)
  return askedAt === undefined ? undefined : performance.now() - askedAt
}

/** Of a large message, the bytes that its arguments are; most large ones are little else. */
function bytesOf(message: readonly unknown[]): number {
  const plain = copyPlain(message)
  if (plain) return plain.bytes
  const sizes = message.map((field) => (Object(field) as { byteLength?: number }).byteLength ?? 0)
  return sizes.reduce((sum, size) => sum + size, 0) || Infinity
}
