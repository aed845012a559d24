import {
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { inspectTarget } from '../../../src/disk/target.ts'
import { FailedError } from '../../../src/errors.ts'
import { keepRecord, readRecord, recordsFolder } from '../../../src/recover/record.ts'
import { putInOrder } from '../../../src/recover/put-in-order.ts'
import { writeProject } from '../../../src/write/write.ts'
import { makeFolder, readTree } from '../../folders.ts'
import {
  JOURNAL,
  leaveHalfWritten,
  makeHalfWritten,
  newStagingName,
  recover,
} from './killed-run.ts'

const NOTHING = { files: new Map(), kept: [], replaced: [] }

/** As if the process that keeps records had that number. */
function recordAs(pid: number, staging: string): void {
  vi.stubGlobal('process', { ...process, pid })
  keepRecord(staging)
  vi.unstubAllGlobals()
}

describe('what a killed run has left', () => {
  it('is removed where it had only gathered files', async () => {
    const folder = makeFolder()
    const staging = join(folder, newStagingName())
    mkdirSync(join(staging, 'new'), { recursive: true })
    keepRecord(staging)
    expect(await recover(join(folder, 'my-app'))).toEqual([
      `A run that was killed had left "${staging}": it is removed.`,
      'Undo it?',
    ])
    expect(readTree(folder)).toEqual({})
    expect(await recover(join(folder, 'my-app'))).toEqual([])
  })

  it('is put back, and what it had written is kept aside', async () => {
    const { folder } = leaveHalfWritten({
      'src/main.ts': 'new, and worked on since',
      'backup-1/package.json': 'mine',
    })
    const told = await recover(folder)
    expect(told.slice(0, 2)).toEqual([
      `A run that was killed had left "${folder}" between old and new: everything is put back as it was before.`,
      'Undo it?',
    ])
    const aside = /^".*" is as it was before; what that run had written is in "(.*)"\. Delete it/
    const kept = aside.exec(told[2] ?? '')?.[1] ?? ''
    expect(readTree(join(kept, 'new'))).toEqual({
      'package.json': 'new',
      src: null,
      'src/main.ts': 'new, and worked on since',
    })
    rmSync(kept, { recursive: true })
    expect(readTree(folder)).toEqual({ 'package.json': 'mine' })
    expect(await recover(folder)).toEqual([])
  })

  it('stays where the user does not agree to have it undone', async () => {
    const { folder } = leaveHalfWritten({ 'backup-1/package.json': 'mine' })
    const before = readTree(folder)
    const confirm = () => Promise.reject(new Error('No.'))
    const manners = { tell() {}, confirm, isDryRun: false }
    await expect(putInOrder(inspectTarget(folder), manners)).rejects.toThrow('No.')
    expect(readTree(folder)).toEqual(before)
  })

  it('stays in a dry run, which says so', async () => {
    const { folder } = leaveHalfWritten({ 'backup-1/package.json': 'mine' })
    const before = readTree(folder)
    expect(await recover(folder, true)).toEqual([
      `A run that was killed has left something in "${folder}": a run without --dry-run undoes it first.`,
    ])
    expect(readTree(folder)).toEqual(before)
  })

  it('is put back in a folder that is called otherwise by now', async () => {
    const { folder } = leaveHalfWritten({ 'backup-1/package.json': 'mine' }, JOURNAL, 'once')
    renameSync(folder, `${folder}-2`)
    await recover(`${folder}-2`)
    expect(readTree(`${folder}-2`)).toMatchObject({ 'package.json': 'mine' })
  })

  it.skipIf(process.platform === 'win32')('is put back in a folder reached by a link', async () => {
    const { folder } = leaveHalfWritten({ 'backup-1/package.json': 'mine' })
    symlinkSync(folder, `${folder}-link`)
    await recover(`${folder}-link`)
    expect(readTree(folder)).toMatchObject({ 'package.json': 'mine' })
  })

  it.skipIf(process.platform === 'win32')(
    'is put back with its links, wherever they lead',
    async () => {
      const { folder } = leaveHalfWritten({ 'backup-1/notes.txt': '' })
      symlinkSync('../gone/package.json', join(folder, 'backup-1/package.json'))
      rmSync(join(folder, 'backup-1/notes.txt'))
      await recover(folder)
      expect(readlinkSync(join(folder, 'package.json'))).toBe('../gone/package.json')
      expect(existsSync(join(folder, 'backup-1'))).toBe(false)
    },
  )

  it('is put back but for what has another in its place, and both are named', async () => {
    const { folder } = leaveHalfWritten(
      { 'package.json': 'later', 'backup-1/package.json': 'mine', 'backup-1/a.txt': 'a' },
      { ...JOURNAL, replaced: ['package.json', 'a.txt'] },
    )
    expect((await recover(folder)).at(-1)).toContain(
      `is as it was before but package.json: there is another by now, and the old one in "${join(folder, 'backup-1')}"`,
    )
    expect(readTree(folder)).toMatchObject({
      'package.json': 'later',
      'a.txt': 'a',
      'backup-1/package.json': 'mine',
    })
    expect(await recover(folder)).toEqual([])
  })

  it.each(['src', 'backup-1', 'backup-1/src'])(
    'is not put back through a link in the place of "%s"',
    async (link) => {
      const outside = makeFolder({
        'main.ts': 'theirs',
        'src/main.ts': 'theirs',
        'new.ts': 'theirs',
      })
      const before = readTree(outside)
      const { folder } = leaveHalfWritten(
        { 'notes.txt': '', 'src/new.ts': 'new', 'backup-1/src/main.ts': 'mine' },
        { moves: ['src/new.ts'], replaced: ['src/main.ts'], backup: 'backup-1' },
      )
      renameSync(join(folder, link), join(folder, 'elsewhere'))
      symlinkSync(outside, join(folder, link), 'junction')
      await recover(folder)
      expect(readTree(outside)).toEqual(before)
      expect(await recover(folder)).toEqual([])
    },
  )

  it('fails with a sentence where the disk refuses, and is undone when that is solved', async () => {
    const { folder, staging } = leaveHalfWritten({ 'backup-1/package.json': 'mine' })
    const now = vi.spyOn(Date, 'now').mockReturnValue(1)
    const inTheWay = join(folder, '.create-electron-ports-undone-1')
    mkdirSync(inTheWay)
    writeFileSync(join(inTheWay, 'file'), '')
    await expect(recover(folder)).rejects.toThrow(
      new FailedError(
        `Could not undo what a run that was killed has left in "${staging}": something was put there meanwhile. Solve this, or delete that folder.`,
      ),
    )
    now.mockRestore()
    await recover(folder)
    expect(readTree(folder)).toMatchObject({ 'package.json': 'mine' })
  })
})

describe('a run that is at work', () => {
  it('is left alone, and no other may write there', async () => {
    const folder = makeFolder()
    const staging = join(folder, newStagingName())
    mkdirSync(staging)
    recordAs(process.ppid, staging)
    const before = readTree(folder)
    expect(await recover(join(folder, 'my-app'))).toEqual([])
    await expect(
      writeProject(inspectTarget(join(folder, 'my-app')), NOTHING, new AbortController().signal),
    ).rejects.toThrow(
      `Another run, process ${process.ppid}, is writing to "${join(folder, 'my-app')}".`,
    )
    expect(readTree(folder)).toEqual(before)
  })

  it('is none that began before the machine did, whatever process has its number now', async () => {
    const folder = makeFolder()
    const staging = join(folder, newStagingName())
    mkdirSync(staging)
    const now = vi.spyOn(Date, 'now').mockReturnValue(1)
    recordAs(process.ppid, staging)
    now.mockRestore()
    await recover(join(folder, 'my-app'))
    expect(readTree(folder)).toEqual({})
  })

  it('of another project beside it is nobody’s business', async () => {
    const folder = makeFolder()
    const staging = join(folder, newStagingName('my-app-2'))
    mkdirSync(staging)
    keepRecord(staging)
    expect(await recover(join(folder, 'my-app'))).toEqual([])
    expect(readRecord(staging)).toBeDefined()
    await recover(join(folder, 'my-app-2'))
  })
})

it('no record stays when a run has ended', async () => {
  vi.stubEnv('XDG_STATE_HOME', makeFolder())
  vi.stubEnv('LOCALAPPDATA', process.env['XDG_STATE_HOME'])
  const folder = makeFolder()
  const { signal } = new AbortController()
  await writeProject(inspectTarget(folder), NOTHING, signal)
  await writeProject(inspectTarget(join(folder, 'my-app')), NOTHING, signal)
  await expect(
    writeProject(inspectTarget(join(folder, 'b')), NOTHING, AbortSignal.abort(new Error('no'))),
  ).rejects.toThrow('no')
  expect(readdirSync(recordsFolder())).toEqual([])
  vi.unstubAllEnvs()
})

it('a record is refused that root found in the home of a user', () => {
  const { staging } = leaveHalfWritten({})
  vi.stubGlobal('process', { ...process, getuid: () => 4321 })
  expect(readRecord(staging)).toBeUndefined()
  vi.unstubAllGlobals()
  expect(readRecord(staging)).toBeDefined()
})

it.each(['../victim', '/victim', 'a/../../victim', '.', 'C:victim', 'a\\..\\victim'])(
  'a record is refused that leads out of the folder, as to %j',
  async (path) => {
    for (const part of [{ moves: [path] }, { replaced: [path] }, { backup: path }]) {
      const { folder, staging } = leaveHalfWritten({ 'a.txt': 'mine' }, { ...JOURNAL, ...part })
      const before = readTree(folder)
      expect(await recover(folder)).toEqual([
        expect.stringContaining(`left alone: ${basename(staging)}.`),
      ])
      expect(readTree(folder)).toEqual(before)
    }
  },
)

it.each(['{', 'null', '{"inodes":[]}'])('a record that says %s says nothing', async (text) => {
  const { folder, staging } = makeHalfWritten({ 'backup-1/package.json': 'mine' })
  keepRecord(staging)
  const name = readdirSync(recordsFolder()).find((file) => staging.endsWith(file.slice(0, -5)))
  writeFileSync(join(recordsFolder(), name ?? ''), text)
  expect(await recover(folder)).toEqual([expect.stringContaining('known to no record of yours')])
})
