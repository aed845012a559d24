/** What the cases are written with. */
import type { Channel } from '../../../templates/base/src/ports/channel/channel.ts'
import { PortError } from '../../../templates/base/src/ports/errors.ts'
import { expectTrue } from './expect-equal.ts'
import { pause, type Probe, type Library } from './fixture.ts'

/** Above this, in bytes, a message is a large one. */
export const LARGE = 70_000

/** For calls that shall not be answered before they are given up. */
export const never = (): AbortSignal => new AbortController().signal

/** Something that structured clone refuses. */
export const uncloneable = (): unknown => () => 'cannot cross'

/** What some ports take, and no other process can read: where it is posted nothing is thrown. */
export function newUnreadables(): unknown[] {
  const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
  const unreadables: unknown[] = [buffer, new Uint8Array(buffer), new DataView(buffer)]
  if (typeof VideoFrame === 'undefined') return unreadables
  const options = { format: 'RGBA', codedWidth: 2, codedHeight: 2, timestamp: 0 } as const
  return [...unreadables, new VideoFrame(new Uint8Array(16), options)]
}

/** Reads a stream to its end, or to its error. */
export async function readAll(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const seen: unknown[] = []
  try {
    for await (const item of items) seen.push(item)
    seen.push('end')
  } catch (error) {
    seen.push(error)
  }
  return seen
}

/** What a promise, or the one that a function returns, rejects with. */
export async function failureOf(
  attempt: Promise<unknown> | (() => Promise<unknown>),
): Promise<unknown> {
  let value: unknown
  try {
    value = await (typeof attempt === 'function' ? attempt() : attempt)
  } catch (error) {
    return error
  }
  throw new Error(`It did not fail, but gave ${String(value)}.`)
}

export async function codeFailing(attempt: Parameters<typeof failureOf>[0]): Promise<unknown> {
  return codeOf(await failureOf(attempt))
}

/** The code of an error of the kernel; any other is itself. */
export function codeOf(error: unknown): unknown {
  return error instanceof PortError ? error.code : error
}

/** Waits for something to be so at the library's end. */
export function until(
  call: Channel<Library>['call'],
  holds: (seen: Probe) => boolean,
): Promise<void> {
  return eventually(async () => holds(await call.probe()), `${holds} at the other end`)
}

/** Waits for something that no event tells of. */
export async function eventually(
  holds: () => boolean | Promise<boolean>,
  claim: string,
): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (await holds()) return
    await pause(attempt < 20 ? 0 : 10)
  }
  expectTrue(false, claim)
}
