/**
 * What among the arguments cannot be cloned stays with the caller, tied to what the other end puts in its
 * place: a signal to one of its own, a stream to one that reads it from there.
 */
import { PortError } from '../errors'
import { isObject } from './plain'
import { type Offer, SIGNAL, type Ties } from './protocol'
import { isMoved } from './transfer'

/** A stream that went out as an argument, for the other end to read. */
interface Offered {
  readonly items: AsyncIterable<unknown>
  /** Called when nobody may read it any more; there once somebody does. */
  onOver?: () => void
}

export class Offers {
  readonly #offered = new Map<Offer, Offered>()
  #last = 0

  /** Returns the number under which the other end can read it. */
  offer(items: AsyncIterable<unknown>): Offer {
    this.#last += 1
    this.#offered.set(this.#last, { items })
    return this.#last
  }

  /**
   * Gives a stream to whoever reads it, once.
   *
   * @param onOver  Called when the call that it was an argument of is over.
   */
  claim(offer: Offer, onOver: () => void): AsyncIterable<unknown> {
    const offered = this.#offered.get(offer)
    if (!offered || offered.onOver) throw newOver()
    offered.onOver = onOver
    return offered.items
  }

  /** Whoever still reads one of these learns that it is over before its end. */
  withdraw(ties: Ties | undefined): void {
    for (const offer of Object.values(ties ?? {})) {
      this.#offered.get(offer)?.onOver?.()
      this.#offered.delete(offer)
    }
  }
}

/** Which arguments have to stay here, the streams among them offered; undefined when all can go. */
export function tieArguments(args: unknown[], offers: Offers): Ties | undefined {
  let ties: Ties | undefined
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]
    if (isSignal(arg)) ties = { ...ties, [at]: SIGNAL }
    else if (isStream(arg)) ties = { ...ties, [at]: offers.offer(arg) }
  }
  return ties
}

export function isSignal(arg: unknown): arg is AbortSignal {
  return arg instanceof AbortSignal
}

/** What is marked is moved as it is, and the handle of a folder, which can be iterated over too, is cloned. */
function isStream(arg: unknown): arg is AsyncIterable<unknown> {
  return (
    isObject(arg) && Symbol.asyncIterator in arg && !isMoved(arg) && !('getDirectoryHandle' in arg)
  )
}

/** Says why a stream that was an argument cannot be read. */
export function newOver(): PortError {
  return new PortError('closed', 'The call that this stream was an argument of is over.')
}
