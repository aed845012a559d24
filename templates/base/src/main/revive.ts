import type { BrowserWindow } from 'electron'
import { Backoff } from './backoff'

/**
 * Loads a window's page again when its process has died. The page then asks for its ports anew. One that
 * dies again and again is left alone in the end, so that a crash loop does not eat the machine.
 */
export function reviveAfterCrash(node: string, window: BrowserWindow, load: () => void): void {
  const backoff = new Backoff()
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    const pause = backoff.next()
    const what = `The page of "${node}" died (${reason}, exit code ${exitCode})`
    if (pause === undefined) return console.error(`${what} once too often: it stays down.`)
    console.error(`${what} and is loaded again in ${pause} ms.`)
    setTimeout(() => {
      // Somebody may have loaded it meanwhile.
      if (!window.isDestroyed() && window.webContents.isCrashed()) load()
    }, pause)
  })
}
