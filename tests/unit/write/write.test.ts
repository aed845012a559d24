import { spawnSync } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CancelledError, FailedError } from '../../../src/errors.ts'
import type { ProjectFile, ProjectFiles } from '../../../src/render/render.ts'
import { hasKilledRuns, undoKilledRuns } from '../../../src/recover/leftovers.ts'
import { cancelOnSignal } from '../../../src/signals.ts'
import { placeProject } from '../../../src/write/target.ts'
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
  write(target, { files, kept: [], replaced: [] }, signal)

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
  const force = (folder: string, files = FILES, signal = NEVER) =>
    write(folder, placeProject(folder, files, true), signal)

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

describe('after a run that was killed', () => {
  /** A process that has been. */
  const DEAD = spawnSync(process.execPath, ['--version']).pid
  const JOURNAL = { moves: ['src', 'package.json'], replaced: ['package.json'], backup: 'backup-1' }

  /** A folder with that in it, and what a killed run has left there. */
  function leave(files: Record<string, string>, journal: object = JOURNAL, name = 'my-app') {
    const entries = Object.entries(files).map(([path, text]) => [`my-app/${path}`, text])
    const folder = join(makeFolder(Object.fromEntries(entries)), 'my-app')
    const staging = join(folder, `.create-electron-ports-${name}-${DEAD}-abcdef`)
    mkdirSync(join(staging, 'new'), { recursive: true })
    writeFileSync(join(staging, 'new/package.json'), 'new')
    writeFileSync(join(staging, 'journal.json'), JSON.stringify(journal))
    return { folder, staging }
  }

  it('removes what it had gathered', async () => {
    const folder = makeFolder()
    const staging = `.create-electron-ports-my-app-${DEAD}-abcdef`
    mkdirSync(join(folder, staging, 'new'), { recursive: true })
    expect(await undoKilledRuns(join(folder, 'my-app'))).toEqual([
      `Removed "${join(folder, staging)}", which a run that was killed had left.`,
    ])
    expect(readTree(folder)).toEqual({})
  })

  it('puts back what it had moved, and keeps what it had written aside', async () => {
    const { folder } = leave({
      'src/main.ts': 'new, and worked on since',
      'backup-1/package.json': 'mine',
    })
    expect(hasKilledRuns(folder)).toBe(true)
    const [note = ''] = await undoKilledRuns(folder)
    const aside = /what that run had written is in "(.*)"\. Delete it/.exec(note)?.[1] ?? ''
    expect(readTree(join(aside, 'new'))).toEqual({
      'package.json': 'new',
      src: null,
      'src/main.ts': 'new, and worked on since',
    })
    rmSync(aside, { recursive: true })
    expect(readTree(folder)).toEqual({ 'package.json': 'mine' })
    expect(hasKilledRuns(folder)).toBe(false)
  })

  it('puts back in a folder that is called otherwise by now', async () => {
    const { folder } = leave({ 'backup-1/package.json': 'mine' }, JOURNAL, 'once')
    await undoKilledRuns(folder)
    expect(readTree(folder)).toMatchObject({ 'package.json': 'mine' })
  })

  it('puts back links as well, wherever they lead', async () => {
    const { folder } = leave({ 'backup-1/notes.txt': '' })
    symlinkSync('../gone/package.json', join(folder, 'backup-1/package.json'))
    rmSync(join(folder, 'backup-1/notes.txt'))
    await undoKilledRuns(folder)
    expect(readlinkSync(join(folder, 'package.json'))).toBe('../gone/package.json')
    expect(existsSync(join(folder, 'backup-1'))).toBe(false)
  })

  it('keeps what was put in the place of the old file, names both, and undoes the rest', async () => {
    const { folder } = leave(
      { 'package.json': 'later', 'backup-1/package.json': 'mine', 'backup-1/a.txt': 'a' },
      { ...JOURNAL, replaced: ['package.json', 'a.txt'] },
    )
    const [note] = await undoKilledRuns(folder)
    expect(note).toContain(
      `It is as it was before but package.json: there is another by now, and the old one in "${join(folder, 'backup-1')}"`,
    )
    expect(readTree(folder)).toMatchObject({
      'package.json': 'later',
      'a.txt': 'a',
      'backup-1/package.json': 'mine',
    })
    expect(hasKilledRuns(folder)).toBe(false)
  })

  it.each(['../victim', '/victim', 'a/../../victim', '.', 'C:victim', 'a\\..\\victim', 1])(
    'follows no journal that leads out of the folder, as to %j',
    async (path) => {
      for (const part of [{ moves: [path] }, { replaced: [path] }, { backup: path }]) {
        const { folder, staging } = leave({ 'package.json': 'mine' }, { ...JOURNAL, ...part })
        const before = readTree(folder)
        await expect(undoKilledRuns(folder)).rejects.toThrow(
          new FailedError(
            `Could not undo what a run that was killed has left in "${staging}": Its journal names a path outside of the folder. Solve this, or delete that folder.`,
          ),
        )
        expect(readTree(folder)).toEqual(before)
      }
    },
  )

  it.skipIf(process.getuid?.() !== 0)('touches nothing of another user', async () => {
    const { folder, staging } = leave({ 'backup-1/package.json': 'mine' })
    chownSync(staging, 1234, 1234)
    const before = readTree(folder)
    expect(await undoKilledRuns(folder)).toEqual([
      `"${staging}" was left by a run of another user that was killed. It was left alone.`,
    ])
    expect(readTree(folder)).toEqual(before)
  })

  it('leaves a run alone that is at work, and other projects', async () => {
    const folder = makeFolder()
    for (const name of [`my-app-${process.ppid}-abcdef`, `other-${DEAD}-abcdef`]) {
      mkdirSync(join(folder, `.create-electron-ports-${name}`))
    }
    const before = readTree(folder)
    expect(await undoKilledRuns(join(folder, 'my-app'))).toEqual([])
    await expect(writeProject(join(folder, 'my-app'), FILES, NEVER)).rejects.toThrow(
      `Another run, process ${process.ppid}, is writing to "${join(folder, 'my-app')}".`,
    )
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
  const error = await write(folder, placeProject(folder, FILES, true), signal).catch(String)
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
