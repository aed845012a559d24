/** The indexer's work: Node alone, so that a unit test can run it. */
import { createHash } from 'node:crypto'
import { type Dirent, constants } from 'node:fs'
import { lstat, open, readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { type Curator, type HashStep, type LargeFile, MAX_FILES } from '../contracts/hashes'
import { Progress } from './progress'

/** Never waits for a pipe, nor follows a link, that took the place of a file just now. */
const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

const CHUNK_BYTES = 256 * 1024

interface Terms {
  /** In bytes: larger files are hashed only if `mayHash` says so. */
  askAbove: number
  mayHash: Curator['mayHash']
}

/** See {@link file://./../contracts/hashes.ts}. */
export async function* hashFolder(
  folder: string,
  terms: Terms,
  signal: AbortSignal,
): AsyncGenerator<HashStep, void> {
  signal.throwIfAborted()
  await checkFolder(folder)
  const progress = new Progress()
  const files: LargeFile[] = []
  for await (const path of walk(folder, '', progress, signal)) {
    if (files.length === MAX_FILES) {
      throw failure('TOO_MANY', `This folder has more than ${MAX_FILES} files.`)
    }
    try {
      const { size } = await lstat(join(folder, path))
      files.push({ path, size })
      progress.find(size)
    } catch (error) {
      progress.skip(path, wordsFor(error))
    }
    if (progress.isDue()) yield progress.take()
  }

  files.sort(byPath)
  const list = createHash('sha256')
  for (const file of files) {
    signal.throwIfAborted()
    const hash = createHash('sha256')
    const before = progress.bytesDone
    try {
      if (file.size > terms.askAbove && !(await terms.mayHash(file, signal))) {
        throw new Error('You said no.')
      }
      for await (const bytes of read(join(folder, file.path))) {
        signal.throwIfAborted()
        hash.update(bytes)
        progress.read(bytes.length)
        if (progress.isDue()) yield progress.take()
      }
      const digest = hash.digest('hex')
      list.update(`${digest}  ${file.path}\n`)
      progress.add({ path: file.path, hash: digest })
      progress.finish(before + file.size)
    } catch (error) {
      signal.throwIfAborted()
      progress.skip(file.path, wordsFor(error))
      progress.drop(file.size, before)
    }
    if (progress.isDue()) yield progress.take()
  }
  yield { ...progress.take(), digest: list.digest('hex') }
}

/** The path of every file below a folder, in any order. What cannot be looked into is skipped. */
async function* walk(
  root: string,
  path: string,
  progress: Progress,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const entries = await readFolder(join(root, path)).catch((error: unknown) => {
    progress.skip(path, wordsFor(error))
    return []
  })
  for (const entry of entries) {
    signal.throwIfAborted()
    const inside = path ? `${path}/${entry.name}` : entry.name
    if (entry.isDirectory()) yield* walk(root, inside, progress, signal)
    else if (entry.isFile()) yield inside
  }
}

async function readFolder(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  await checkPlace(folder)
  return entries
}

/** The bytes of a file, in one buffer that is used again and again. */
async function* read(file: string): AsyncGenerator<Buffer, void> {
  const handle = await open(file, READ_FLAGS)
  try {
    if (!(await handle.stat()).isFile()) throw new Error('It is no file any more.')
    await checkPlace(file)
    const buffer = Buffer.alloc(CHUNK_BYTES)
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, null)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/** A link may have taken the place of what was found, or of a folder above it: then it led elsewhere. */
async function checkPlace(path: string): Promise<void> {
  if ((await realpath(path)) !== path) throw Object.assign(new Error(), { code: 'ELOOP' })
}

/** Of the folder itself there must be something to read; of what is in it, not. */
async function checkFolder(folder: string): Promise<void> {
  try {
    await readFolder(folder)
  } catch (cause) {
    throw failure('NO_FOLDER', `"${folder}" cannot be hashed. ${wordsFor(cause)}`, cause)
  }
}

function failure(code: 'NO_FOLDER' | 'TOO_MANY', message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code })
}

const WORDS: Record<string, string> = {
  EACCES: 'You may not read it.',
  EPERM: 'You may not read it.',
  ELOOP: 'It is a link now.',
  ENOENT: 'It is not there any more.',
  ENOTDIR: 'It is not a folder.',
}

function wordsFor(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  return WORDS[code] ?? message
}

function byPath(a: LargeFile, b: LargeFile): number {
  return a.path < b.path ? -1 : 1
}
