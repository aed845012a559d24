export interface StatusLine {
  say(text: string): void
  complain(error: unknown): void
}

/** Makes an element the line in which a demo says what happens, and what went wrong. */
export function newStatusLine(element: HTMLElement): StatusLine {
  return {
    /** What it says already is not read out to its user once more. */
    say(text) {
      if (element.textContent !== text) element.textContent = text
      delete element.dataset['code']
    },

    /** An error comes over a port with its message and its code, whoever threw it. */
    complain(error) {
      const { message = String(error), code = '' } = error as { message?: string; code?: string }
      element.textContent = message
      element.dataset['code'] = code
    },
  }
}
