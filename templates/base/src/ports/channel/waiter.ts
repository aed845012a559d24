/** Somebody here who waits for an answer. */
export interface Waiter {
  /** Returns false when they were not granted. */
  items(values: unknown[]): boolean
  done(value?: unknown): void
  /** @param isGivenUp  True when this end wants nothing of it any more, not even what has arrived. */
  fail(error: unknown, isGivenUp?: boolean): void
  /** Lets go of what is held for as long as it waits. */
  release?: (() => void) | undefined
}
