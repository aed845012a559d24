/**
 * Finds an other end that hangs. A hung process closes nothing, so no event ever tells of it.
 *
 *   heard something │ silence │ ping, silence │ gone
 *        every ─────┴── every ┴───── every ───┘
 */
export interface Heartbeat {
  /** Something came from the other end. */
  heard(): void
  stop(): void
}

export interface Pulse {
  /** Asks the other end for a sign of life. */
  ping(): void
  /** Not even that brought one. */
  onSilence(): void
}

/** @param every  In milliseconds. */
export function startHeartbeat(every: number, { ping, onSilence }: Pulse): Heartbeat {
  let silentBeats = 0
  const timer = setInterval(() => {
    silentBeats += 1
    if (silentBeats === 2) ping()
    if (silentBeats === 3) onSilence()
  }, every)
  return {
    heard() {
      silentBeats = 0
    },
    stop: () => clearInterval(timer),
  }
}
