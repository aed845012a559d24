import type { Input } from 'electron'

/** What keys do in a window with tabs, whichever of its pages has the keyboard. */
export type Shortcut = 'open' | 'close' | 'next' | 'previous' | 'strip'

/**
 * The shortcut that was pressed; undefined when it was none.
 *
 * - Ctrl+T, Ctrl+W (on macOS with Cmd): opens, closes a tab
 * - Ctrl+Tab, Ctrl+Shift+Tab: the next, the one before
 * - F6: the keyboard goes to the strip
 */
export function shortcutOf(
  {
    type,
    key,
    control,
    meta,
    shift,
    alt,
  }: Omit<Input, 'modifiers' | 'location' | 'code' | 'isAutoRepeat' | 'isComposing'>,
  isMac: boolean,
): Shortcut | undefined {
  if (type !== 'keyDown' || alt) return undefined
  if (key === 'F6') return 'strip'
  if (key === 'Tab' && control) return shift ? 'previous' : 'next'
  if (shift || !(isMac ? meta : control)) return undefined
  if (key.toLowerCase() === 't') return 'open'
  return key.toLowerCase() === 'w' ? 'close' : undefined
}
