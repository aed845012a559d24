import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ProjectFiles } from '../render/render.ts'
import { noticeSignals } from '../signals.ts'

/** Writes `files` below `folder`. Throws the reason of `signal` when that aborts meanwhile. */
export async function gather(
  files: ProjectFiles,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  // All at one go, which is several times faster than one by one.
  for (const parent of new Set([...files.keys()].map((path) => dirname(path)))) {
    mkdirSync(`${folder}/${parent}`, { recursive: true })
  }
  for (const [path, { content }] of files) writeFileSync(`${folder}/${path}`, content)
  await noticeSignals()
  signal.throwIfAborted()
}
