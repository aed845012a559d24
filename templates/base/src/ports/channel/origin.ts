/**
 * For development alone, and left out of a build: what tells of a failure to whom it came.
 */
import { PortError } from '../errors'
import type { Waiter } from './waiter'

/**
 * What fails for `waiter` from now on tells of both ends: below the stack of the other end, which came with the error,
 * stands who asked here.
 */
export function rememberOrigin(waiter: Waiter, name: string): void {
  const origin = new Error(`${name} was asked for`)
  origin.name = 'At this end'
  const { fail } = waiter
  waiter.fail = (thrown, isGivenUp) => {
    if (thrown instanceof Error && isForOne(thrown, isGivenUp)) {
      thrown.stack = `${thrown.stack}\n${origin.stack}`
    }
    fail.call(waiter, thrown, isGivenUp)
  }
}

/** The end of a channel fails many at once by one error, and so may a signal. */
function isForOne(error: Error, isGivenUp = false): boolean {
  const code = error instanceof PortError ? error.code : undefined
  return isGivenUp ? code === 'timeout' : code !== 'closed'
}
