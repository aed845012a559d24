import { type FSWatcher, type WatchListener, watch } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { FileState } from '../../contracts/files'
import { explain } from './explain'

/** How much of a file is shown, in bytes. Of a huge one no more is read than of any other. */
const SHOWN_BYTES = 4096

/**
 * The state of a file, now and whenever it changes, until the signal aborts. Changes that come faster
 * than they are consumed become one.
 */
export async function* watchFile(
  path: string,
  signal: AbortSignal,
): AsyncGenerator<FileState, void> {
  let isStale = true
  let failure: Error | undefined
  let wake: (() => void) | undefined
  // Its folder is watched: many programs write a new file and put it in the place of the old one.
  const folder = dirname(path)
  const watcher = startWatching(folder, (_event, name) => {
    if (name !== basename(path)) return
    isStale = true
    wake?.()
  })
  const onAbort = (): void => wake?.()
  watcher.once('error', (error) => {
    failure = explain(error, basename(folder))
    wake?.()
  })
  signal.addEventListener('abort', onAbort)
  try {
    while (!signal.aborted) {
      if (failure) throw failure
      if (isStale) {
        isStale = false
        yield await readState(path)
      } else {
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    watcher.close()
  }
}

/** Fails at once where the system watches as many folders as it may. */
function startWatching(folder: string, onChange: WatchListener<string>): FSWatcher {
  try {
    return watch(folder, onChange)
  } catch (error) {
    throw explain(error, basename(folder))
  }
}

async function readState(path: string): Promise<FileState> {
  try {
    // To open a pipe would wait for somebody who writes to it.
    if (!(await stat(path)).isFile()) return { problem: `"${basename(path)}" is no file.` }
    return await readStart(path)
  } catch (error) {
    return { problem: explain(error, basename(path)).message }
  }
}

async function readStart(path: string): Promise<FileState> {
  const file = await open(path)
  try {
    const { size, mtimeMs } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SHOWN_BYTES), 0, SHOWN_BYTES, 0)
    const start = buffer.subarray(0, bytesRead)
    const isText = !start.includes(0)
    return { size, modified: mtimeMs, isText, text: isText ? start.toString('utf8') : '' }
  } finally {
    await file.close()
  }
}
