/**
 * What may come with a clone or an archive, and claims to be what a killed run has left. Each of these
 * would take a secret out of the folder beside the project, or put a file there, were it believed.
 */
import {
  chownSync,
  cpSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { inspectTarget } from '../../../src/disk/target.ts'
import { keepRecord } from '../../../src/recover/record.ts'
import { placeProject } from '../../../src/write/placement.ts'
import { writeProject } from '../../../src/write/write.ts'
import { makeFolder, readTree } from '../../folders.ts'
import { JOURNAL, newStagingName, recover, write } from './killed-run.ts'

interface Shape {
  what: string
  /** Makes it in the folder `clone`, beside which is `.ssh`. */
  forge(clone: string): void
}

/** A staging folder of any name, with a journal that says to move those. */
function forgeJournal(clone: string, journal: object, name = newStagingName('x')): string {
  const staging = join(clone, name)
  write(join(staging, 'journal.json'), JSON.stringify(journal))
  write(join(staging, 'new/planted'), 'theirs')
  return staging
}

const THROUGH_LINK = {
  moves: ['link/id'],
  replaced: ['link/authorized_keys'],
  backup: 'backup-1',
}

const SHAPES: Shape[] = [
  {
    what: 'a link in the middle of a path',
    forge(clone) {
      symlinkSync('../.ssh', join(clone, 'link'), 'junction')
      write(join(clone, 'backup-1/link/authorized_keys'), 'theirs')
      forgeJournal(clone, THROUGH_LINK)
    },
  },
  {
    what: 'a name as an older version had it, of a process that is gone',
    forge(clone) {
      symlinkSync('../.ssh', join(clone, 'link'), 'junction')
      forgeJournal(clone, THROUGH_LINK, '.create-electron-ports-x-99999999-a')
    },
  },
  {
    what: 'a name as an older version had it, of a process that is there',
    forge(clone) {
      forgeJournal(clone, JOURNAL, `.create-electron-ports-x-${process.ppid}-a`)
    },
  },
  {
    what: 'a staging folder that is a link',
    forge(clone) {
      forgeJournal(clone, { ...JOURNAL, moves: ['id'] }, 'elsewhere')
      symlinkSync('elsewhere', join(clone, newStagingName()), 'junction')
    },
  },
  {
    what: 'a staging folder that is a link to what is outside',
    forge: (clone) => symlinkSync('../.ssh', join(clone, newStagingName()), 'junction'),
  },
  {
    what: 'a journal that is a link',
    forge(clone) {
      write(join(clone, 'journal.json'), JSON.stringify(THROUGH_LINK))
      symlinkSync('../.ssh', join(clone, 'link'), 'junction')
      const staging = join(clone, newStagingName())
      mkdirSync(staging)
      symlinkSync('../journal.json', join(staging, 'journal.json'), 'junction')
    },
  },
  ...['../.ssh/id', '/etc/passwd', 'a/../../.ssh/id', 'C:id', '..\\.ssh\\id'].map((path) => ({
    what: `a journal that names ${path}`,
    forge: (clone: string) => {
      forgeJournal(clone, { moves: [path], replaced: [path], backup: '../.ssh' })
    },
  })),
  {
    what: 'hard links',
    forge(clone) {
      linkSync(join(clone, '../.ssh/id'), join(clone, 'id'))
      forgeJournal(clone, { moves: ['id'], replaced: [], backup: 'backup-1' })
    },
  },
  {
    what: 'a record beside the journal, in each of the folders where one may be looked for',
    forge(clone) {
      const name = newStagingName()
      forgeJournal(clone, JOURNAL, name)
      const record = JSON.stringify({
        process: 1,
        startedAt: 1,
        journal: JOURNAL,
        inodes: ['1', '1'],
      })
      for (const folder of [name, '.local/state/create-electron-ports']) {
        write(join(clone, folder, `${name}.json`), record)
      }
    },
  },
  {
    what: 'a file in the place of the staging folder',
    forge: (clone) => writeFileSync(join(clone, newStagingName()), 'theirs'),
  },
]

it.each(SHAPES)('nothing is undone on the word of $what', async ({ forge }) => {
  const folder = makeFolder({ '.ssh/id': 'secret', '.ssh/authorized_keys': 'mine' })
  const clone = join(folder, 'clone')
  mkdirSync(clone)
  forge(clone)
  const before = readTree(folder)
  expect(await recover(clone)).toEqual([
    expect.stringMatching(
      /^What looks like the remains of killed runs in ".*clone" is known to no record of yours, and was left alone: \.create-electron-ports-\S+\. Delete it when you need nothing of it\.$/,
    ),
  ])
  expect(readTree(folder)).toEqual(before)
})

it('many of them are named in one sentence', async () => {
  const clone = makeFolder()
  for (let count = 0; count < 1000; count++) mkdirSync(join(clone, newStagingName()))
  const [sentence = '', ...more] = await recover(clone)
  expect(more).toEqual([])
  expect(sentence).toMatch(/, … and 990 more\. Delete it/)
})

it('a forged journal does not keep a project from being written', async () => {
  const clone = makeFolder()
  forgeJournal(clone, JOURNAL, `.create-electron-ports-x-${process.ppid}-a`)
  forgeJournal(clone, JOURNAL)
  const files = new Map([
    ['new.txt', { content: Buffer.from('new'), from: 'base', how: 'copied' as const }],
  ])
  const target = inspectTarget(clone)
  await writeProject(target, placeProject(target, files), new AbortController().signal)
  expect(readTree(clone)).toMatchObject({ 'new.txt': 'new' })
})

it('nothing is undone in the copy of a folder in which a run was killed', async () => {
  const folder = makeFolder({ 'project/backup-1/package.json': 'mine' })
  const staging = join(folder, 'project', newStagingName('project'))
  write(join(staging, 'new/a.txt'), 'new')
  keepRecord(staging, JOURNAL)
  cpSync(join(folder, 'project'), join(folder, 'copy'), { recursive: true })
  const before = readTree(join(folder, 'copy'))
  expect(await recover(join(folder, 'copy'))).toEqual([
    expect.stringContaining('known to no record of yours'),
  ])
  expect(readTree(join(folder, 'copy'))).toEqual(before)
  await recover(join(folder, 'project'))
  expect(readTree(join(folder, 'project'))).toMatchObject({ 'package.json': 'mine' })
})

it('nothing is undone in a folder into which such a staging folder was moved', async () => {
  const folder = makeFolder({ 'project/package.json': 'theirs', 'other/package.json': 'mine' })
  const name = newStagingName('project')
  const staging = join(folder, 'project', name)
  mkdirSync(staging)
  keepRecord(staging, { moves: ['package.json'], replaced: [] })
  renameSync(staging, join(folder, 'other', name))
  const before = readTree(folder)
  expect(await recover(join(folder, 'other'))).toEqual([
    expect.stringContaining('known to no record of yours'),
  ])
  expect(readTree(folder)).toEqual(before)
  rmSync(folder, { recursive: true })
})

it.skipIf(process.getuid?.() !== 0)('nothing is undone of another user', async () => {
  const clone = makeFolder({ 'backup-1/package.json': 'mine' })
  chownSync(forgeJournal(clone, JOURNAL), 1234, 1234)
  const before = readTree(clone)
  expect(await recover(clone)).toEqual([expect.stringContaining('known to no record of yours')])
  expect(readTree(clone)).toEqual(before)
})

it.skipIf(process.platform === 'win32')(
  'names in another case are names of something else',
  async () => {
    const clone = makeFolder({ 'backup-1/package.json': 'theirs' })
    forgeJournal(clone, JOURNAL, '.Create-Electron-Ports-x-99999999-a')
    const before = readTree(clone)
    expect(await recover(clone)).toEqual([])
    expect(readTree(clone)).toEqual(before)
    expect(() => placeProject(inspectTarget(clone), new Map())).toThrow('is not empty: it holds')
  },
)
