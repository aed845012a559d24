/** On what terms something is asked for. */
export interface CallOptions {
  /** Ends the wait, as a signal among the arguments does. */
  signal?: AbortSignal | undefined
  /**
   * In milliseconds: how long to wait for an answer, or for the next item of a stream. Then it fails
   * with the code `timeout`, and the handler's signal aborts.
   */
  timeout?: number | undefined
  /** How many items a stream may be ahead of its consumer: 64 unless given, at most 1000. */
  credit?: number | undefined
  /** On a link without a port: wait for the next, as long as it may take, or fail at once with `closed`. */
  whileLost?: 'wait' | 'fail' | undefined
}

/** What a channel does unless a call says otherwise, and what holds for the whole of it. */
export interface ChannelOptions extends CallOptions {
  /**
   * In milliseconds. When nothing came from the other end for so long, it is asked for a sign of
   * life, and given as long again. Without it a process that hangs is waited for: no event tells of it.
   */
  heartbeat?: number | undefined
  /**
   * True when the main process or a utility process is at the other end: what would not arrive there
   * is refused here. See `to-process.ts`.
   */
  toProcess?: boolean | undefined
  /** Aborts when something but the port says that the other end is gone: the hand-off gives it. */
  gone?: AbortSignal | undefined
  /** How an observer knows the channel. */
  link?: string | undefined
  generation?: number | undefined
  /** Who is at the other end. */
  peer?: { readonly node: string; readonly key?: string | undefined } | undefined
}
