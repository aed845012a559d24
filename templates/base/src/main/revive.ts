import type { WebContents } from 'electron'
import { Backoff } from './backoff'

/**
 * Loads a page again when its process has ended, whatever the reason: a page has none to end by itself. It
 * then asks for its ports anew. One that dies again and again is left alone in the end, so that a crash loop does not
 * eat the machine.
 *
 * @param name  Of whom it is the page: `"document" (key "7")`.
 * @param giveUp  Is called then.
 * @returns how to load it at once, and forget its deaths. It does nothing to a page that lives.
 */
export function reviveAfterCrash(
  name: string,
  contents: WebContents,
  load: () => void,
  giveUp: () => void,
): () => void {
  const backoff = new Backoff()
  let isDead = false // `isCrashed` does not count a process that ended in order
  const loadIfDead = (): void => {
    if (isDead && !contents.isDestroyed()) load()
  }
  // Somebody else may load it, too.
  contents.on('did-start-loading', () => (isDead = false))
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    isDead = true
    const pause = backoff.next()
    const what = `The page of ${name} died (${reason}, exit code ${exitCode})`
    if (pause === undefined) {
      console.error(`${what} once too often: it stays down.`)
      return giveUp()
    }
    console.error(`${what} and is loaded again in ${pause} ms.`)
    setTimeout(loadIfDead, pause)
  })
  return () => {
    if (isDead) backoff.reset()
    loadIfDead()
  }
}
