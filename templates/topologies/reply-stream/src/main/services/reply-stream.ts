import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { app, dialog } from 'electron'
import {
  type Figures,
  type LineBatch,
  type Lines,
  MAX_SAMPLE_MB,
  MAX_SEARCH,
  type OpenedFile,
  type ReadOptions,
  type SampleStep,
} from '../../contracts/lines'
import { serve } from '../../ports/link'
import { explain, failure } from '../reply-stream/explain'
import { readFile } from '../reply-stream/read-file'
import { readLines } from '../reply-stream/read-lines'
import { Sample } from '../reply-stream/sample'
import type { Main } from '../services'

/** What pages may have of main at once. More is no use but to somebody who means harm. */
const MAX = { files: 100, reads: 8 }

/** Serves the link `lines`. Nothing a page says is trusted. */
export function start({ ports }: Main): void {
  const sample = new Sample()
  app.once('will-quit', () => sample.remove())
  serve(ports, 'lines', newReader(sample))
}

interface KnownFile {
  path: string
  bytesRead: number
}

function newReader(sample: Sample): Lines {
  const files = new Map<string, KnownFile>()
  let reads = 0
  let choice: Promise<string | undefined> | undefined

  async function admit(path: string): Promise<OpenedFile> {
    const id = randomUUID()
    const name = basename(path)
    const { size } = await stat(path).catch((error: unknown) => {
      throw explain(error, name)
    })
    const [oldest] = files.keys()
    if (oldest && files.size >= MAX.files) files.delete(oldest)
    files.set(id, { path, bytesRead: 0 })
    return { id, name, size }
  }

  function find(id: unknown): KnownFile {
    const file = typeof id === 'string' ? files.get(id) : undefined
    if (!file) throw failure('UNKNOWN_FILE', 'This file is not open: choose it again.')
    return file
  }

  return {
    async choose(): Promise<OpenedFile | undefined> {
      // One dialog, however often a page asks.
      choice ??= askUser().finally(() => (choice = undefined))
      const path = await choice
      return path === undefined ? undefined : admit(path)
    },

    async *makeSample(megabytes: unknown): AsyncGenerator<SampleStep, void> {
      const total = checkMegabytes(megabytes)
      for await (const written of sample.write(total)) {
        yield { kind: 'progress', done: written / total }
      }
      yield { kind: 'file', file: await admit(sample.path) }
    },

    async *read(
      id: unknown,
      options: unknown,
      signal: AbortSignal,
    ): AsyncGenerator<LineBatch, void> {
      const file = find(id)
      const search = checkSearch(options)
      if (reads >= MAX.reads) throw failure('BUSY', 'Too many files are being read: end one first.')
      reads += 1
      try {
        for await (const batch of readLines(readFile(file.path, signal), search)) {
          file.bytesRead = batch.bytesRead
          yield batch
        }
      } finally {
        reads -= 1
      }
    },

    async figures(id: unknown): Promise<Figures> {
      return { bytesRead: find(id).bytesRead, memory: process.memoryUsage().rss }
    },
  }
}

async function askUser(): Promise<string | undefined> {
  const { filePaths } = await dialog.showOpenDialog({ properties: ['openFile'] })
  return filePaths[0]
}

function checkMegabytes(megabytes: unknown): number {
  const isGood = Number.isInteger(megabytes) && Number(megabytes) >= 1
  if (isGood && Number(megabytes) <= MAX_SAMPLE_MB) return Number(megabytes)
  throw new RangeError(`A sample has 1 to ${MAX_SAMPLE_MB} MB.`)
}

function checkSearch(options: unknown): string {
  const { search } = Object(options) as Partial<ReadOptions>
  if (typeof search === 'string' && search.length <= MAX_SEARCH) return search
  throw new RangeError(`Search for text of at most ${MAX_SEARCH} characters.`)
}
