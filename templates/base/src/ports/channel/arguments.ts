import type { StreamPlaces } from './protocol'

/** Keeps the streams that go out as arguments, for the other end to read. */
export interface Offers {
  /** Returns the number under which they can be read. */
  offer(items: AsyncIterable<unknown>): number
  withdraw(offer: number): void
}

/** Arguments as they go out, and what of them stays here. */
export interface PackedArguments {
  readonly sent: unknown[]
  readonly signal?: AbortSignal | undefined
  readonly signalAt?: number | undefined
  readonly streams?: StreamPlaces | undefined
}

/**
 * Takes from the arguments of a call what cannot be cloned: an AbortSignal, and streams. Their
 * places are left empty, and the message says what the other end has to put there.
 */
export function packArguments(args: unknown[], offers: Offers): PackedArguments {
  if (!args.some((arg) => isSignal(arg) || isStream(arg))) return { sent: args }
  const signalAt = args.findIndex(isSignal)
  const offered = args.flatMap((arg, at) => (isStream(arg) ? [[at, offers.offer(arg)]] : []))
  return {
    sent: args.map((arg) => (isSignal(arg) || isStream(arg) ? undefined : arg)),
    ...(signalAt < 0 ? {} : { signalAt, signal: args[signalAt] as AbortSignal }),
    ...(offered.length === 0 ? {} : { streams: Object.fromEntries(offered) as StreamPlaces }),
  }
}

export function isSignal(arg: unknown): arg is AbortSignal {
  return arg instanceof AbortSignal
}

function isStream(arg: unknown): arg is AsyncIterable<unknown> {
  return typeof arg === 'object' && arg !== null && Symbol.asyncIterator in arg
}
