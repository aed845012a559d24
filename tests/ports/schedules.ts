import * as fc from 'fast-check'
import type { PortLike } from '../../templates/base/src/ports/channel/port.ts'
import { transfer } from '../../templates/base/src/ports/channel/transfer.ts'
import { MemoryPort, newPorts, quiet } from './pair.ts'

/** The same schedules every time; `SEED=7 RUNS=5000 npx vitest …` plays others, and more of them. */
export const schedules = (usual: number): fc.Parameters<unknown> => ({
  seed: Number(process.env['SEED'] ?? 1),
  numRuns: Number(process.env['RUNS'] ?? usual),
  // What hangs has failed.
  timeout: 10_000,
})

export type End = 0 | 1
export type Ports = [PortLike & EventTarget, PortLike & EventTarget]

/** Genuine ports are what they are; those in memory can hold messages back. */
export function newPair(areGenuine: boolean): Ports {
  return (areGenuine ? newPorts() : MemoryPort.pair()) as unknown as Ports
}

export type Pause = ['turn' | 'tick' | 'quiet', null] | ['hold' | 'release', End]

/** What happens between the steps of a schedule. */
export const pause = fc.oneof(
  fc.tuple(fc.constantFrom('turn', 'tick', 'quiet'), fc.constant(null)),
  fc.tuple(fc.constantFrom('hold', 'release'), fc.constantFrom(0, 1)),
) as fc.Arbitrary<Pause>

export async function take([what, end]: Pause, ports: Ports): Promise<void> {
  const port = ports[end ?? 0]
  if (what === 'quiet') await quiet()
  if (what === 'tick') await new Promise((resolve) => setImmediate(resolve))
  if (what === 'hold' && port instanceof MemoryPort) port.hold()
  if (what === 'release') release([port])
}

export function release(ports: readonly EventTarget[]): void {
  for (const port of ports) if (port instanceof MemoryPort) port.release()
}

/** False for a genuine port: it does not tell. */
export function isOpen(port: EventTarget): boolean {
  return port instanceof MemoryPort && !port.isClosed
}

/** Closes a port as if its process had died, which both ends hear of. */
export function lose(port: Ports[number]): void {
  port.close()
  if (port instanceof MemoryPort) port.dispatchEvent(new Event('close'))
}

/** Resolves as soon as it is so, or when it has had every chance to be. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let round = 0; round < 100 && !isSo(); round++) await quiet()
}

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at)

/** What a message may bring along: it shares a post, has one of its own, or is large. */
const baggage = {
  nothing: () => undefined,
  'a part of a post': () => 'x'.repeat(3000),
  'a post': () => 'x'.repeat(6000),
  'a large post': () => 'x'.repeat(31_000),
  bytes: () => new Uint8Array(70_000),
  'a part of some bytes': () => new Uint8Array(70_000).subarray(7, 77),
  'what cannot be weighed': () => new Map([['Emma', 1]]),
}

export type Size = keyof typeof baggage | 'moved bytes'

export const size = fc.constantFrom<Size[]>(
  'nothing',
  'moved bytes',
  ...(Object.keys(baggage) as Size[]),
)

/** A message that knows which it is. */
export interface Body {
  at: number
  baggage?: unknown
}

export function newBody(at: number, how: Size): Body {
  if (how !== 'moved bytes') return { at, baggage: baggage[how]() }
  const buffer = new ArrayBuffer(70_000)
  return transfer({ at, baggage: buffer }, [buffer])
}
