import { mkdir, mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
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
  await symlink(root, join(root, 'chosen/way-out'))
  await symlink(join(root, 'nothing'), join(root, 'chosen/nowhere'))
  folder = await OpenFolder.open(join(root, 'chosen'))
})
afterAll(() => rm(root, { recursive: true }))

test('lists folders first, then files by name', async () => {
  expect(await folder.list('')).toEqual({
    count: 6,
    entries: [
      { name: 'inner', kind: 'folder' },
      { name: 'b.txt', kind: 'file' },
      { name: 'inner-link.txt', kind: 'other' },
      { name: 'link.txt', kind: 'other' },
      { name: 'nowhere', kind: 'other' },
      { name: 'way-out', kind: 'other' },
    ],
  })
})

test.each(['inner', './inner', 'inner/../inner', 'inner/a.txt', '', '.', 'inner-link.txt'])(
  'finds "%s" inside',
  async (path) => {
    expect(await folder.resolve(path)).toContain(folder.path)
  },
)

test.each([
  ['..', '../nothing'],
  ['../secret.txt', '../secret.txtX'],
  ['inner/../../secret.txt', 'inner/../../nothing'],
  ['../chosen-too', '../chosen-three'],
  ['link.txt', 'nowhere'],
  ['way-out/secret.txt', 'way-out/nothing'],
  ['way-out/secret.txt/x', 'way-out/chosen-too/x'],
])(
  'answers the same to "%s", which is outside, and to "%s", which is nowhere',
  async (...paths) => {
    for (const path of paths) {
      const expected = {
        code: 'ENOENT',
        message: `"${path}" is not (any more) in the folder that was chosen.`,
      }
      await expect(folder.resolve(path)).rejects.toMatchObject(expected)
      await expect(folder.list(path)).rejects.toMatchObject(expected)
      await expect(folder.openFile(path)).rejects.toMatchObject(expected)
    }
  },
)

test('takes an absolute path for one inside of it', async () => {
  await expect(folder.resolve(join(root, 'secret.txt'))).rejects.toThrow('is not (any more) in')
})

test('opens a file inside, and no folder', async () => {
  const file = await folder.openFile('inner-link.txt')
  expect(await file.readFile('utf8')).toBe('b')
  await file.close()
  await expect(folder.openFile('inner')).rejects.toThrow('"inner" is no file.')
})

test('reads nothing through a folder that has become a link to the outside', async () => {
  await mkdir(join(root, 'chosen/swapped'))
  await writeFile(join(root, 'chosen/swapped/secret.txt'), 'mine')
  await (await folder.openFile('swapped/secret.txt')).close()
  await rename(join(root, 'chosen/swapped'), join(root, 'aside'))
  await symlink(root, join(root, 'chosen/swapped'))
  await expect(folder.openFile('swapped/secret.txt')).rejects.toThrow('is not (any more) in')
  await expect(folder.list('swapped')).rejects.toThrow('is not (any more) in')
  await unlink(join(root, 'chosen/swapped'))
})

test.each([undefined, null, 7, ['inner'], { toString: () => 'inner' }])(
  'refuses what is no path: %j',
  async (path) => {
    await expect(folder.resolve(path)).rejects.toThrow('not a string')
  },
)

test.each([
  ['b.txt', '"b.txt" is not a folder.', 'ENOTDIR'],
  ['gone', '"gone" is not (any more) in the folder that was chosen.', 'ENOENT'],
])('says why it cannot list "%s"', async (path, message, code) => {
  await expect(folder.list(path)).rejects.toMatchObject({ message, code })
})
