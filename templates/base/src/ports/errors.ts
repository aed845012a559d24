/**
 * What the kernel itself reports, told apart by `code`:
 *
 * - `closed`         the other end is gone, or this one was closed: connect again, then repeat the call if that is safe
 * - `timeout`        no answer came in the time that was given: it may still have been heard
 * - `refused`        main gave out no port: the message says which rule of `src/topology.ts` stood against it
 * - `unavailable`    main gives out no port at the moment: ask again later
 * - `down`           the node at the other end has failed too often: `link.retry()` has it started once more
 * - `not-cloneable`  an argument or a result cannot cross this port: send plain data
 * - `too-much`       more is asked, or waits to be sent, than a channel takes: wait for some answers first
 * - `no-handler`     the other end serves no such method: compare both ends with the contract
 *
 * An aborted call rejects with the reason of its AbortSignal, as everywhere on the platform.
 */
export class PortError extends Error {
  override readonly name = 'PortError'
  readonly code: PortErrorCode

  constructor(code: PortErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export type PortErrorCode =
  | 'closed'
  | 'timeout'
  | 'refused'
  | 'unavailable'
  | 'down'
  | 'not-cloneable'
  | 'too-much'
  | 'no-handler'
