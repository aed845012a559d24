import { PortError } from '../errors'
import { isObject } from './plain'
import { partsOf } from './parts'

/**
 * What a channel holds at most, each way: jobs that are at work for the other end, of which a stream counts for ten,
 * with what came for them; and what waits until the other end reads. While it is less, one more is let in.
 */
const MAX_JOBS = 10_000
const MAX_BYTES = 512 * 1024 * 1024

export class Load {
  #jobs = 0
  #bytes = 0

  /**
   * Takes on something with these values.
   *
   * @returns how to put it down again.
   * @throws {PortError} `too-much` when there is too much of it already.
   */
  take(jobs: number, values: readonly unknown[]): () => void {
    if (this.#jobs >= MAX_JOBS || this.#bytes > MAX_BYTES) {
      throw new PortError('too-much', 'Too much at once: wait for answers.')
    }
    const bytes = weigh(values)
    this.#jobs += jobs
    this.#bytes += bytes
    return () => {
      this.#jobs -= jobs
      this.#bytes -= bytes
    }
  }
}

/** About how many bytes values keep, with all their parts. What occurs in them twice counts once. */
export function weigh(values: readonly unknown[]): number {
  let bytes = 0
  const objects = new Set<object>([values])
  // More of them are added on the way.
  for (const object of objects) {
    if (object instanceof ArrayBuffer) bytes += object.byteLength
    for (const part of partsOf(object)) {
      bytes += typeof part === 'string' ? 16 + 2 * part.length : 16
      if (isObject(part)) objects.add(part)
    }
  }
  return bytes
}
