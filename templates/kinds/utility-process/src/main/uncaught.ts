/** The exit code of a utility process with an error that nobody caught. Node's own is 1, as of much else. */
export const UNCAUGHT = 70

/** Ends this utility process with {@link UNCAUGHT} when nobody catches an error: main can tell it by that. */
export function exitWhenUncaught(): void {
  process.on('uncaughtException', exit)
  // Of a promise Electron would only warn, and go on (electron/electron#45921).
  process.on('unhandledRejection', exit)
}

function exit(error: unknown): never {
  console.error(error)
  process.exit(UNCAUGHT)
}
