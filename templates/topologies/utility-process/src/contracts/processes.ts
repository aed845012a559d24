import type { Ending } from '../main/ending'

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
