import { inspect } from 'node:util'
import { toPrintable, toPrintableLines } from './terminal/printable.ts'

/** What an error is called in the output of --json. */
export type ErrorCode =
  | 'usage'
  | 'failed'
  | 'folder-not-empty'
  | 'write-failed'
  | 'install-failed'
  | 'cancelled'
  | 'unexpected'

/** An error whose message is written for the user; anything else that is thrown is a bug of ours. */
export class CliError extends Error {
  readonly code: ErrorCode
  readonly exitCode: number

  constructor(message: string, code: ErrorCode, exitCode: number, options?: ErrorOptions) {
    // It names files and words that others have chosen.
    super(toPrintable(message), options)
    this.code = code
    this.exitCode = exitCode
  }
}

/** The command was understood but could not be carried out. */
export class FailedError extends CliError {
  constructor(message: string, code: ErrorCode = 'failed', options?: ErrorOptions) {
    super(message, code, 1, options)
  }
}

/** The command line is wrong. */
export class UsageError extends CliError {
  constructor(message: string) {
    super(message, 'usage', 2)
  }
}

/** The user called it off, by Ctrl-C, Esc or a signal. */
export class CancelledError extends CliError {
  constructor(message = 'Cancelled. Nothing was written.') {
    super(message, 'cancelled', 130)
  }
}

/** What stderr says about `error`: a sentence, or with `debug` everything there is to know. */
export function describeError(error: unknown, debug: boolean): string {
  if (debug) return toPrintableLines(inspect(error))
  if (error instanceof CliError) return error.message
  return `Unexpected error: ${toPrintable(messageOf(error))}\nRun again with --debug to see where it came from.`
}

/** The same for --json. */
export function errorToJson(error: unknown): { code: ErrorCode; message: string } {
  const code = error instanceof CliError ? error.code : 'unexpected'
  return { code, message: messageOf(error) }
}

/** The exit code that `error` ends the command with. */
export function exitCodeOf(error: unknown): number {
  return error instanceof CliError ? error.exitCode : 1
}

/** The message of `error`, which need not be an Error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
