import { join } from 'node:path'
import { app } from 'electron'

/** How large the file may become, in bytes, until it is `main.old.log` and a new one is begun. */
const MAX_SIZE = 1024 ** 2

const LEVELS = ['error', 'warn', 'info', 'log', 'debug'] as const

/**
 * Writes what main says on its console into a file as well: its own lines, and what it says of pages and utility
 * processes. The console stays as it is.
 */
export function logToFile(): void {
  for (const level of LEVELS) {
    const print = console[level]
    console[level] = (...data: unknown[]) => {
      print.apply(console, data)
      log()[level](...data)
    }
  }
}

/** A line for the file alone, of an error that is shown elsewhere. */
export function logError(line: string): void {
  log().error(line)
}

/** Where it is: the README names the folder for each system. */
export function logFile(): string {
  return join(app.getPath('logs'), 'main.log')
}

type Logger = typeof import('electron-log/node')

let logger: Logger | undefined

/** Loaded for the first line: most starts have none until the first window is there, and it would hold that up. */
function log(): Logger {
  logger ??= load()
  return logger
}

function load(): Logger {
  const loaded = require('electron-log/node') as Logger
  loaded.transports.console.level = false
  loaded.transports.file.setAppName(app.name) // it would look for a package.json
  loaded.transports.file.resolvePathFn = logFile
  loaded.transports.file.maxSize = MAX_SIZE
  return loaded
}
