/**
 * A window on what passes through this process's channels, for tools. Nobody looks: nothing is paid.
 */
import { copyPlain } from './plain'
import type { Message } from './protocol'

/** One message on its way. */
export interface Frame {
  /** The link it belongs to; empty for a channel that belongs to none. */
  readonly link: string
  /** Which channel of its link; 0 for a channel that belongs to none. */
  readonly generation: number
  readonly direction: 'in' | 'out'
  /** As in `protocol.ts`; `dropped` stands for a post with something in it that is no message. */
  readonly kind: Message[0] | 'dropped'
  /** What is called, where the message says so. */
  readonly method: string | undefined
  /** About how many bytes it takes; `Infinity` where that takes too long to tell. */
  readonly bytes: number
  /** Milliseconds from a call, or the start of a stream, to this answer to it. */
  readonly latency: number | undefined
}

export let observer: ((frame: Frame) => void) | undefined

/** Calls `listener` with every message that leaves or reaches this process, in place of any listener before. */
export function observe(listener: ((frame: Frame) => void) | undefined): void {
  observer = listener
}

/** Tells the observer of a message. */
export function report(
  about: Pick<Frame, 'link' | 'generation' | 'direction'>,
  message: Message | ['dropped'],
  latency?: number,
): void {
  try {
    const [kind] = message
    const isNamed = kind === 'call' || kind === 'stream'
    const method = isNamed ? message[2] : kind === 'notify' ? message[1] : undefined
    observer?.({ ...about, kind, method, bytes: bytesOf(message), latency })
  } catch (error) {
    console.error('The observer of the ports failed:', error)
  }
}

/** Of a large message, the bytes that its arguments are; most large ones are little else. */
function bytesOf(message: readonly unknown[]): number {
  const plain = copyPlain(message, 60 * 1024)
  if (plain) return plain.bytes
  const sizes = message.map((field) => (Object(field) as { byteLength?: number }).byteLength ?? 0)
  return sizes.reduce((sum, size) => sum + size, 0) || Infinity
}
