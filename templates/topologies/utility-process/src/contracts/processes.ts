/** The link `processes`: what the page may ask of main. */
export interface Processes {
  /** Has the user choose a folder to be hashed; undefined when that is cancelled. */
  chooseFolder(): Promise<string | undefined>

  /** The folder of this app's own code, to be hashed. */
  useAppFolder(): Promise<string>

  /** What happened to the indexer lately, then what happens. Never ends by itself. */
  watchIndexer(signal: AbortSignal): AsyncIterable<ProcessEvent>

  /** Kills the indexer. */
  killIndexer(): Promise<void>

  /** Starts the indexer at once, if it does not run; its deaths are forgotten. */
  startIndexer(): Promise<void>
}

export type ProcessEvent = {
  /** As of `Date.now()`. */
  at: number
} & (
  | { kind: 'started'; pid: number }
  | { kind: 'printed'; line: string; isError: boolean }
  | ({ kind: 'ended'; restartIn: number | undefined } & Ending)
)

/**
 * - `stopped`  this app has killed it
 * - `killed`   somebody else has
 * - `crashed`  it did something that no process may
 * - `threw`    an error in it was caught by nobody
 * - `exited`   it ended itself, with a code
 */
export interface Ending {
  how: 'stopped' | 'killed' | 'crashed' | 'threw' | 'exited'
  /** As the system has it, which need not be the true one (electron/electron#42283). */
  code: number
}
