/** Where whoever watches messages pass hangs in: see `observer.ts`. */
import type { Message } from './protocol'

/** A message as it passes, and by which channel. */
export interface Passing {
  /** The same object for all messages of a channel. */
  readonly channel: { readonly link?: string | undefined; readonly generation?: number | undefined }
  readonly direction: 'in' | 'out'
  readonly message: Message | readonly ['dropped', ...undefined[]]
}

export let watcher: ((passing: Passing) => void) | undefined

export function watch(listener: typeof watcher): void {
  watcher = listener
}
