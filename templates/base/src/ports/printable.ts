/**
 * What the other end of a port says may be of any length, and hold what a terminal takes for an order. Before it
 * goes into another text or a log, it passes here.
 */

/** How many characters of a line are shown, and of an error with its stack. */
const MOST = { line: 300, error: 5000 }

/** In one line: cut, and without control characters. */
export function printable(text: string): string {
  const cut = text.slice(0, MOST.line).replace(/\p{C}/gu, '\ufffd')
  return cut.length < text.length ? `${cut}…` : cut
}

/** What was thrown, with its stack, whoever has written its message. Never throws. */
export function printableError(thrown: unknown): string {
  // What comes after a line break must not look like a line of the log.
  return textOf(thrown).slice(0, MOST.error).split('\n').map(printable).join('\n    ')
}

function textOf(thrown: unknown): string {
  try {
    const { stack } = Object(thrown) as Error
    if (typeof stack === 'string') return stack
  } catch {
    // It is put together when it is first read, which may fail.
  }
  // To put an object into words may take as long as it likes.
  return Object(thrown) === thrown ? 'something without a stack' : String(thrown)
}
