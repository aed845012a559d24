import type { BrowserWindow } from 'electron'
import { Backoff } from './backoff'

/**
 * Loads a window's page again when its process has ended, whatever the reason: a page has none to end by itself. It
 * then asks for its ports anew. One that dies again and again is left alone in the end, so that a crash loop does not
 * eat the machine.
 *
 * @param giveUp  Is called then.
 * @returns how to load it at once, and forget its deaths. It does nothing to a page that lives.
 */
export function reviveAfterCrash(
  node: string,
  window: BrowserWindow,
  load: () => void,
  giveUp: () => void,
): () => void {
  const { webContents } = window
  const backoff = new Backoff()
  let isDead = false // `isCrashed` does not count a process that ended in order
  const loadIfDead = (): void => {
    if (isDead && !window.isDestroyed()) load()
  }
  // Somebody else may load it, too.
  webContents.on('did-start-loading', () => (isDead = false))
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    isDead = true
    const pause = backoff.next()
    const what = `The page of "${node}" died (${reason}, exit code ${exitCode})`
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
