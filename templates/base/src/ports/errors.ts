import { type ErrorData, MAX_CAUSES } from './protocol'

/**
 * What the kernel itself reports, told apart by `code`:
 *
 * - `closed`         the other end is gone, or this one was closed: connect again, then repeat the call if that is safe
 * - `refused`        main gave out no port: the message says which rule of `src/topology.ts` stood against it
 * - `not-cloneable`  an argument or a result cannot cross a port: send plain data
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

export type PortErrorCode = 'closed' | 'refused' | 'not-cloneable' | 'no-handler'

/**
 * Turns anything thrown into data. Structured clone alone would lose `code` and a custom `name`.
 * A `cause` travels with it; a stack does not, for it tells the other process about files here.
 * Never throws, and what it returns can always be posted: whoever waits must learn of the failure.
 */
export function encodeError(thrown: unknown, causes = MAX_CAUSES): ErrorData {
  try {
    if (!(thrown instanceof Error)) return { thrown: isPrimitive(thrown) ? thrown : String(thrown) }
    const { name, message, cause } = thrown
    const code = 'code' in thrown ? thrown.code : undefined
    return {
      name: String(name),
      message: String(message),
      ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
      ...(cause === undefined || causes === 0 ? {} : { cause: encodeError(cause, causes - 1) }),
    }
  } catch {
    return { thrown: 'What was thrown cannot be read.' }
  }
}

/** Makes of {@link encodeError}'s data what the handler threw, as near as another process can. */
export function decodeError(data: ErrorData): unknown {
  if ('thrown' in data) return data.thrown
  const options = data.cause === undefined ? {} : { cause: decodeError(data.cause) }
  if (data.name === 'PortError') {
    return new PortError(data.code as PortErrorCode, data.message, options)
  }
  const error = new Error(data.message, options)
  Object.defineProperty(error, 'name', { value: data.name, configurable: true, writable: true })
  return data.code === undefined ? error : Object.assign(error, { code: data.code })
}

function isPrimitive(value: unknown): boolean {
  return value === null || !['object', 'function', 'symbol'].includes(typeof value)
}
