import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectTarget } from '../../../src/disk/target.ts'
import { CancelledError, FailedError } from '../../../src/errors.ts'
import type { ProjectFile, ProjectFiles } from '../../../src/render/render.ts'
import { cancelOnSignal } from '../../../src/signals.ts'
import { placeProject } from '../../../src/write/placement.ts'
import { writeProject as write } from '../../../src/write/write.ts'
import { makeFolder, readTree } from '../../folders.ts'

const NEVER = new AbortController().signal

function toFile(text: string): ProjectFile {
  return { content: Buffer.from(text), from: 'base', how: 'copied' }
}

function toFiles(contents: Record<string, string>): ProjectFiles {
  return new Map(Object.entries(contents).map(([path, text]) => [path, toFile(text)]))
}

/** As if nothing were in the way, whatever is. */
const writeProject = (target: string, files: ProjectFiles, signal: AbortSignal) =>
  write(inspectTarget(target), { files, kept: [], replaced: [] }, signal)

/** With a backup of what is in the way. */
const forceInto = (folder: string, files: ProjectFiles, signal: AbortSignal) => {
  const target = inspectTarget(folder)
  return write(target, placeProject(target, files, true), signal)
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
          `Could not write to "${target}": a folder is in the way of a file. Nothing was left behind. Solve this, or choose another directory.`,
          'write-failed',
        ),
      )
      expect(readTree(folder)).toEqual(before)
    },
  )

  it('when something appears in the folder meanwhile, which it keeps', async () => {
    const folder = makeFolder({ 'src/main.ts': 'mine()' })
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

describe('with files in the way', () => {
  const MINE = { 'package.json': 'mine', 'src/main.ts': 'mine', 'src/other.ts': 'other' }
  const force = (folder: string, files = FILES, signal = NEVER) => forceInto(folder, files, signal)

  it('keeps them as a backup, and everything else as it is', async () => {
    const folder = makeFolder(MINE)
    const backup = await force(folder)
    expect(backup).toMatch(/^backup-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d$/)
    expect(readTree(folder)).toEqual({
      ...TREE,
      'src/other.ts': 'other',
      [`${backup}`]: null,
      [`${backup}/package.json`]: 'mine',
      [`${backup}/src`]: null,
      [`${backup}/src/main.ts`]: 'mine',
    })
  })

  it('puts all of them back when it fails in the middle', async () => {
    const folder = makeFolder(MINE)
    const before = readTree(folder)
    const work = new AbortController()
    let asked = 0
    const signal = Object.assign(work.signal, {
      throwIfAborted() {
        asked += 1
        if (asked === 4) throw new CancelledError()
      },
    })
    await expect(force(folder, FILES, signal)).rejects.toThrow(new CancelledError())
    expect(readTree(folder)).toEqual(before)
  })
})

it('says what it could not put back, for something else has taken its place', async () => {
  const folder = makeFolder({ 'package.json': 'mine', 'src/main.ts': 'mine' })
  const work = new AbortController()
  let asked = 0
  const signal = Object.assign(work.signal, {
    throwIfAborted() {
      asked += 1
      if (asked === 4) writeFileSync(join(folder, 'package.json'), 'later')
    },
  })
  const error = await forceInto(folder, FILES, signal).catch(String)
  expect(error).toMatch(
    /"package\.json already exists\.|dest already exists.*All is as it was but package\.json: something else was put there meanwhile, and the old one is in ".*backup-.*"\.$/,
  )
  const tree = readTree(folder)
  expect(tree).toMatchObject({ 'package.json': 'later', 'src/main.ts': 'mine' })
  expect(Object.entries(tree)).toContainEqual([
    expect.stringMatching(/^backup-.*\/package\.json$/),
    'mine',
  ])
  expect(Object.keys(tree).some((path) => path.startsWith('.create-electron-ports-'))).toBe(false)
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
