import { PortError } from './errors'
import { after } from './timer'

/**
 * Waits for a promise, but not for ever.
 *
 * @param timeout  In milliseconds.
 * @throws the reason of a signal that aborts first; {@link PortError} `timeout` when the time is over.
 */
export async function within<Value>(
  promise: Promise<Value>,
  signals: (AbortSignal | undefined)[],
  timeout?: number,
): Promise<Value> {
  let release!: () => void
  const limit = new Promise<never>((_, reject) => {
    const onAbort = ({ target }: Event): void => reject((target as AbortSignal).reason)
    const onTimeout = (): void =>
      reject(new PortError('timeout', `None came within ${timeout} ms.`))
    const timer = after(timeout, onTimeout)
    for (const signal of signals) signal?.addEventListener('abort', onAbort)
    release = () => {
      clearTimeout(timer)
      for (const signal of signals) signal?.removeEventListener('abort', onAbort)
    }
  })
  try {
    for (const signal of signals) signal?.throwIfAborted()
    return await Promise.race([promise, limit])
  } finally {
    release()
  }
}
