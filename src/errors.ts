import { inspect } from 'node:util'

/** An error whose message is written for the user; anything else that is thrown is a bug of ours. */
export class CliError extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}

/** The command was understood but could not be carried out. */
export class FailedError extends CliError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, 1, options)
  }
}

/** The command line is wrong. */
export class UsageError extends CliError {
  constructor(message: string) {
    super(message, 2)
  }
}

/** The user called it off, by Ctrl-C, Esc or a signal. */
export class CancelledError extends CliError {
  constructor() {
    super('Cancelled. Nothing was written.', 130)
  }
}

/** What stderr says about `error`: a sentence, or with `debug` everything there is to know. */
export function describeError(error: unknown, debug: boolean): string {
  if (debug) return inspect(error)
  if (error instanceof CliError) return error.message
  return `Unexpected error: ${messageOf(error)}\nRun again with --debug to see where it came from.`
}

/** The exit code that `error` ends the command with. */
export function exitCodeOf(error: unknown): number {
  return error instanceof CliError ? error.exitCode : 1
}

/** The message of `error`, which need not be an Error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
