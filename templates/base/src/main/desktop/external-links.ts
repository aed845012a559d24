import { shell } from 'electron'
import { Allowance } from '../../ports/handoff/allowance'

/** What may be opened outside of the app. The system runs programs for others, such as `file:` and `smb:`. */
const ALLOWED: ReadonlySet<string> = new Set(['https:', 'mailto:'])

/** How many at once, and how many more every second: a page in a loop shall not fill the user's browser with tabs. */
const allowance = new Allowance({ burst: 5, perSecond: 0.5 })

/**
 * Opens an address in the user's browser, or a letter in their mail program.
 *
 * @returns false where it is none of those that may be opened, or where they are too many.
 */
export function openOutside(url: string): boolean {
  const address = parse(url)
  if (!address || !ALLOWED.has(address.protocol) || !allowance.spend()) return false
  shell.openExternal(address.href).catch((error: unknown) => {
    console.error(`The system did not open an address of "${address.protocol}":`, error)
  })
  return true
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url)
  } catch {
    return undefined
  }
}
