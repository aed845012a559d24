import { type FSWatcher, type WatchListener, watch } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { FileState } from '../../contracts/files'
import { explain } from './explain'
import type { OpenFolder } from './folder'

/** How much of a file is shown, in bytes. Of a huge one no more is read than of any other. */
const SHOWN_BYTES = 4096

/**
 * The state of a file, now and whenever it changes, until the signal aborts. Changes that come faster
 * than they are consumed become one.
 *
 * @param path  As a page names it, in `folder`, and looked up there each time it is read.
 */
export async function* watchFile(
  folder: OpenFolder,
  path: unknown,
  signal: AbortSignal,
): AsyncGenerator<FileState, void> {
  // Fails, before anything is held, also for a page that gives no signal.
  signal.throwIfAborted()
  const name = basename(String(path))
  const real = await folder.resolve(path)
  let isStale = true
  let failure: Error | undefined
  let wake: (() => void) | undefined
  // Its folder is watched: many programs write a new file and put it in the place of the old one.
  const watcher = startWatching(dirname(real), (_event, changed) => {
    if (changed !== basename(real)) return
    isStale = true
    wake?.()
  })
  const onAbort = (): void => wake?.()
  try {
    watcher.once('error', (error) => {
      failure = explain(error, name)
      wake?.()
    })
    signal.addEventListener('abort', onAbort)
    while (!signal.aborted) {
      if (failure) throw failure
      if (isStale) {
        isStale = false
        yield await readState(folder, path, name)
      } else {
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
  } finally {
    watcher.close()
    signal.removeEventListener('abort', onAbort)
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

async function readState(folder: OpenFolder, path: unknown, name: string): Promise<FileState> {
  try {
    return await readStart(await folder.openFile(path))
  } catch (error) {
    return { problem: explain(error, name).message }
  }
}

async function readStart(file: FileHandle): Promise<FileState> {
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
