import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OpenFolder } from '../../src/main/main-port/folder'

let root: string
let folder: OpenFolder

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'folder-'))
  await mkdir(join(root, 'chosen/inner'), { recursive: true })
  await mkdir(join(root, 'chosen-too'))
  await writeFile(join(root, 'secret.txt'), 'secret')
  await writeFile(join(root, 'chosen/b.txt'), 'b')
  await writeFile(join(root, 'chosen/inner/a.txt'), 'a')
  await symlink(join(root, 'secret.txt'), join(root, 'chosen/link.txt'))
  await symlink('b.txt', join(root, 'chosen/inner-link.txt'))
  folder = await OpenFolder.open(join(root, 'chosen'))
})
afterAll(() => rm(root, { recursive: true }))

test('lists folders first, then files by name', async () => {
  expect(await folder.list('')).toEqual({
    count: 4,
    entries: [
      { name: 'inner', kind: 'folder' },
      { name: 'b.txt', kind: 'file' },
      { name: 'inner-link.txt', kind: 'other' },
      { name: 'link.txt', kind: 'other' },
    ],
  })
})

test.each(['inner', './inner', 'inner/../inner', 'inner/a.txt', '', '.', 'inner-link.txt'])(
  'finds "%s" inside',
  async (path) => {
    expect(await folder.resolve(path)).toContain(folder.path)
  },
)

test.each(['..', '../secret.txt', 'inner/../../secret.txt', '../chosen-too', 'link.txt'])(
  'finds nothing outside: "%s"',
  async (path) => {
    await expect(folder.resolve(path)).rejects.toThrow('lies outside of the folder')
  },
)

test('takes an absolute path for one inside of it', async () => {
  await expect(folder.resolve(join(root, 'secret.txt'))).rejects.toThrow('is not there')
})

test.each([undefined, null, 7, ['inner'], { toString: () => 'inner' }])(
  'refuses what is no path: %j',
  async (path) => {
    await expect(folder.resolve(path)).rejects.toThrow('not a string')
  },
)

test.each([
  ['b.txt', '"b.txt" is not a folder.', 'ENOTDIR'],
  ['gone', '"gone" is not there (any more).', 'ENOENT'],
])('says why it cannot list "%s"', async (path, message, code) => {
  await expect(folder.list(path)).rejects.toMatchObject({ message, code })
})
