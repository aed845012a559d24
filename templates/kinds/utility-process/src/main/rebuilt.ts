import { readFileSync, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'

/** How long the files of a folder must be left alone, in milliseconds, until they count as built. */
const SETTLED_MS = 200

/**
 * Calls `run` whenever the code in `folder` has become another while `npm run dev` runs; otherwise never. An edit of
 * what main is made of as well is none of its business: then the whole app is started again.
 *
 * @returns how to stop that.
 */
export function whenRebuilt(folder: string, run: () => void): () => void {
  // Set by electron-vite in development. In a packaged app it is nobody's business, and there is no folder to watch.
  if (app.isPackaged || !process.env['ELECTRON_RENDERER_URL']) return () => {}
  let known = codeIn(folder)
  let timer: NodeJS.Timeout | undefined
  const watcher = watch(folder, () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const code = codeIn(folder)
      if (code === known) return
      known = code
      run()
    }, SETTLED_MS)
  })
  return () => {
    clearTimeout(timer)
    watcher.close()
  }
}

function codeIn(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith('.cjs'))
  return files.map((name) => readFileSync(join(folder, name), 'utf8')).join()
}
