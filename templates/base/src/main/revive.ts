import type { BrowserWindow } from 'electron'

/** Pauses in milliseconds before the first, second, … crash in a row is answered with a reload. */
const PAUSES_MS = [100, 500, 2000, 5000, 15_000]

/** A page that dies later than this, in milliseconds, after its last crash starts at the first pause. */
const SETTLED_MS = 60_000

/**
 * Loads a window's page again when its process has died. The page then asks for its ports anew. One that
 * dies again and again is left alone in the end, so that a crash loop does not eat the machine.
 */
export function reviveAfterCrash(node: string, window: BrowserWindow, load: () => void): void {
  let crashes = 0
  let lastCrash = 0

  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    const now = Date.now()
    crashes = now - lastCrash > SETTLED_MS ? 1 : crashes + 1
    lastCrash = now

    const pause = PAUSES_MS[crashes - 1]
    const what = `The page of "${node}" died (${reason}, exit code ${exitCode})`
    if (pause === undefined) return console.error(`${what} once too often: it stays down.`)
    console.error(`${what} and is loaded again in ${pause} ms.`)
    setTimeout(() => {
      if (!window.isDestroyed()) load()
    }, pause)
  })
}
