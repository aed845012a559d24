import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CancelledError, FailedError } from '../../src/errors.ts'
import type { ProjectFile, ProjectFiles } from '../../src/render.ts'
import { cancelOnSignal } from '../../src/signals.ts'
import { writeProject } from '../../src/write.ts'
import { makeFolder, readTree } from '../folders.ts'

const NEVER = new AbortController().signal

function toFile(text: string): ProjectFile {
  return { content: Buffer.from(text), from: 'base', how: 'copied' }
}

function toFiles(contents: Record<string, string>): ProjectFiles {
  return new Map(Object.entries(contents).map(([path, text]) => [path, toFile(text)]))
}

const FILES = toFiles({ '.gitignore': 'out', 'src/main.ts': 'main()', 'package.json': '{}' })

const TREE = { '.gitignore': 'out', 'package.json': '{}', src: null, 'src/main.ts': 'main()' }

describe('writes every file', () => {
  it('into a folder that is empty but for its repository', async () => {
    const folder = makeFolder({ '.git/HEAD': 'main' })
    await writeProject(folder, FILES, NEVER)
    expect(readTree(folder)).toEqual({ '.git': null, '.git/HEAD': 'main', ...TREE })
  })

  it('into a folder that is missing, with the folders above it', async () => {
    const folder = makeFolder({ 'other.txt': '' })
    await writeProject(join(folder, 'apps/desktop/my-app'), FILES, NEVER)
    expect(readTree(join(folder, 'apps/desktop/my-app'))).toEqual(TREE)
    expect(Object.keys(readTree(folder))).toHaveLength(3 + 4 + 1)
  })
})

describe('leaves nothing behind', () => {
  it.each(['.', 'my-app', 'apps/desktop/my-app'])(
    'in "%s" when a file cannot be written',
    async (path) => {
      const folder = makeFolder({ '.git/HEAD': 'main' })
      const target = join(folder, path)
      const before = readTree(folder)
      const files = new Map([...FILES, ...toFiles({ 'package.json/below': '' })])
      await expect(writeProject(target, files, NEVER)).rejects.toThrow(
        new FailedError(
          `Could not write to "${target}": a file is in the way of a folder. Nothing was left behind. Solve this, or choose another directory.`,
        ),
      )
      expect(readTree(folder)).toEqual(before)
    },
  )

  it('when something appears in the folder meanwhile, which it keeps', async () => {
    const folder = makeFolder({ 'src/mine.ts': 'mine()' })
    const before = readTree(folder)
    await expect(writeProject(folder, FILES, NEVER)).rejects.toThrow(FailedError)
    expect(readTree(folder)).toEqual(before)
  })

  it('when it is told to stop between two files', async () => {
    const folder = makeFolder()
    const files = stopWhenReading('src/main.ts')
    await expect(
      cancelOnSignal((signal) => writeProject(join(folder, 'my-app'), files, signal)),
    ).rejects.toThrow(new CancelledError())
    expect(readTree(folder)).toEqual({})
  })

  it('when it is told to stop after the last file', async () => {
    const folder = makeFolder()
    const files = stopWhenReading('package.json')
    await expect(cancelOnSignal((signal) => writeProject(folder, files, signal))).rejects.toThrow(
      new CancelledError(),
    )
    expect(readTree(folder)).toEqual({})
  })
})

it('stops listening for signals when the work is done', async () => {
  const before = process.listenerCount('SIGINT')
  const during = await cancelOnSignal(async () => process.listenerCount('SIGINT'))
  expect(during).toBe(before + 1)
  expect(process.listenerCount('SIGINT')).toBe(before)
})

/** FILES, of which the one at `path` makes the process believe it got a SIGTERM. */
function stopWhenReading(path: string): ProjectFiles {
  const content = Buffer.from('')
  const stop = () => {
    process.emit('SIGTERM')
    return content
  }
  return new Map([...FILES, [path, Object.defineProperty(toFile(''), 'content', { get: stop })]])
}
