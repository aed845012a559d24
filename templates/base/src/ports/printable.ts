/**
 * What the other end of a port says may be of any length, and hold what a terminal takes for an order. Before it
 * goes into another text or a log, it passes here.
 */

/** In one line of at most 300 characters, or as many as given, none of which is a control character. */
export function printable(text: string, most = 300): string {
  const cut = text.slice(0, most).replace(/\p{C}/gu, '\ufffd')
  return cut.length < text.length ? `${cut}…` : cut
}

/** Instead of what was thrown, where that fails in turn. */
export const UNREADABLE = 'What was thrown cannot be read.'

/** What was thrown, with its stack, whoever has written its message. Never throws. */
export function printableError(thrown: unknown): string {
  let text = UNREADABLE
  try {
    // To put any other object into words may take as long as it likes.
    const { stack } = Object(thrown) as Error
    if (typeof stack === 'string') text = stack
    else if (Object(thrown) !== thrown) text = String(thrown)
  } catch {
    // It is put together when it is first read, which may fail.
  }
  // What comes after a line break must not look like a line of the log.
  return text
    .slice(0, 5000)
    .split('\n')
    .map((line) => printable(line))
    .join('\n    ')
}
