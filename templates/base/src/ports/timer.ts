type Timer = ReturnType<typeof setTimeout>

/** Above this, in milliseconds, timers fire at once. */
const LONGEST = 2 ** 31 - 1

/** Calls `run` after so many milliseconds; never, when there is no such time or it is too far away. */
export function after(milliseconds: number | undefined, run: () => void): Timer | undefined {
  const isNever = milliseconds === undefined || milliseconds > LONGEST
  return isNever ? undefined : setTimeout(run, milliseconds)
}
