import type { WebContents } from 'electron'
import { printable, printableError } from '../ports/printable'

/** How Electron before 35 told of a message: by arguments after the event, and an error by this level. */
type Older = [level: number, message: string, lineNumber: number, sourceId: string]
const ERROR = 3

/**
 * Writes the errors in the console of a page as lines after its name.
 *
 * @param write  To where the app was started, for a page that nobody sees.
 */
export function showErrorsOf(
  contents: WebContents,
  name: string,
  write: (line: string) => void,
): void {
  // Not by name: a newer Electron warns of a listener that takes them.
  contents.on('console-message', (event, ...older) => {
    const { level, message, lineNumber, sourceId } = event.level ? event : named(older)
    if (level === 'error' || level === ERROR) {
      write(`[${name}] ${printableError(message)} (${printable(sourceId)}:${lineNumber})`)
    }
  })
}

function named([level, message, lineNumber, sourceId]: Older) {
  return { level, message, lineNumber, sourceId }
}
