import { createHash } from 'node:crypto'
import {
  chmod,
  mkdir,
  mkdtemp,
  realpath,
  rename,
  rm,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Curator, HashStep, HashedFile } from '../../src/contracts/hashes'
import { hashFolder } from '../../src/indexer/hash-folder'

let folder: string

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hash-folder-')))
})
afterEach(() => rm(folder, { recursive: true, force: true }))
afterEach(() => void vi.restoreAllMocks())

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const sayYes: Curator['mayHash'] = async () => true

/** Hashes the folder to the end. */
async function hashAll(
  terms: { askAbove?: number; mayHash?: Curator['mayHash']; path?: string } = {},
): Promise<{ files: HashedFile[]; last: HashStep }> {
  const { askAbove = Infinity, mayHash = sayYes, path = folder } = terms
  const { signal } = new AbortController()
  const steps: HashStep[] = []
  for await (const step of hashFolder(path, { askAbove, mayHash }, signal)) steps.push(step)
  return { files: steps.flatMap(({ latest }) => latest), last: steps.at(-1) as HashStep }
}

test('hashes every file, also below, and the list of them like sha256sum', async () => {
  await mkdir(join(folder, 'a'))
  await writeFile(join(folder, 'a/two'), 'two')
  await writeFile(join(folder, 'a.one'), 'one')
  await writeFile(join(folder, 'none'), '')
  const { files, last } = await hashAll()
  const list = { 'a.one': 'one', 'a/two': 'two', none: '' }
  expect(files).toEqual(Object.entries(list).map(([path, text]) => ({ path, hash: sha256(text) })))
  const lines = Object.entries(list).map(([path, text]) => `${sha256(text)}  ${path}\n`)
  expect(last.digest).toBe(sha256(lines.join('')))
  expect(last.found).toEqual({ files: 3, bytes: 6 })
  expect(last.done).toEqual(last.found)
})

test('an empty folder has a hash as well', async () => {
  const { files, last } = await hashAll()
  expect(files).toEqual([])
  expect(last.digest).toBe(sha256(''))
})

test('what is no folder, or gone, is refused in words', async () => {
  await writeFile(join(folder, 'file'), '')
  const refusal = (path: string): Promise<unknown> =>
    hashAll({ path: join(folder, path) }).catch((error: unknown) => error)
  const code = 'NO_FOLDER'
  expect(await refusal('file')).toMatchObject({
    code,
    message: `"${join(folder, 'file')}" cannot be hashed. It is not a folder.`,
  })
  expect(await refusal('gone')).toMatchObject({
    code,
    message: `"${join(folder, 'gone')}" cannot be hashed. It is not there any more.`,
  })
})

test('symbolic links are not followed', async () => {
  await writeFile(join(folder, 'file'), 'one')
  await symlink(folder, join(folder, 'loop'))
  await symlink(join(folder, 'file'), join(folder, 'link'))
  const { files } = await hashAll()
  expect(files.map(({ path }) => path)).toEqual(['file'])
})

test('large files are asked about, and one that vanishes meanwhile is skipped', async () => {
  await writeFile(join(folder, 'large'), '12345678')
  await writeFile(join(folder, 'other'), '123456789')
  await writeFile(join(folder, 'small'), '1')
  const asked: unknown[] = []
  const { files, last } = await hashAll({
    askAbove: 7,
    async mayHash(file) {
      asked.push(file)
      if (file.path === 'other') await unlink(join(folder, 'other'))
      return file.path === 'other'
    },
  })
  expect(asked).toEqual([
    { path: 'large', size: 8 },
    { path: 'other', size: 9 },
  ])
  expect(files).toEqual([
    { path: 'large', problem: 'You said no.' },
    { path: 'other', problem: 'It is not there any more.' },
    { path: 'small', hash: sha256('1') },
  ])
  expect(last).toMatchObject({
    skipped: 2,
    found: { files: 1, bytes: 1 },
    done: { files: 1, bytes: 1 },
  })
})

test.skipIf(!process.getuid?.())('what may not be read is skipped', async () => {
  await mkdir(join(folder, 'closed'))
  await writeFile(join(folder, 'file'), '')
  await chmod(join(folder, 'closed'), 0)
  await chmod(join(folder, 'file'), 0)
  const problem = 'You may not read it.'
  const { files } = await hashAll()
  expect(files).toEqual([
    { path: 'closed', problem },
    { path: 'file', problem },
  ])
  await expect(hashAll({ path: join(folder, 'closed') })).rejects.toThrow(problem)
  await chmod(join(folder, 'closed'), 0o700)
})

test('what a link to the outside took the place of is skipped, also in the middle', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'outside-'))
  await writeFile(join(outside, 'file'), 'secret')
  await mkdir(join(folder, 'inner'))
  await writeFile(join(folder, 'inner/file'), 'mine')
  await writeFile(join(folder, 'file'), 'mine')
  const { files } = await hashAll({
    askAbove: 0,
    async mayHash({ path }) {
      const swapped = path === 'file' ? path : 'inner'
      await rename(join(folder, swapped), join(outside, 'aside'))
      await symlink(path === 'file' ? join(outside, 'file') : outside, join(folder, swapped))
      await rm(join(outside, 'aside'), { recursive: true })
      return true
    },
  })
  const problem = 'It is a link now.'
  expect(files).toEqual([
    { path: 'file', problem },
    { path: 'inner/file', problem },
  ])
  await expect(hashAll({ path: join(folder, 'inner') })).rejects.toThrow(problem)
  await rm(outside, { recursive: true })
})

test('a signal stops it in the middle of a file', async () => {
  await writeFile(join(folder, 'large'), Buffer.alloc(1_000_000))
  // A step is due after every chunk.
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000))
  const job = new AbortController()
  const steps = hashFolder(folder, { askAbove: Infinity, mayHash: sayYes }, job.signal)
  const next = async (): Promise<unknown> => (await steps.next()).value
  expect(await next()).toMatchObject({ found: { files: 1 }, done: { bytes: 0 } })
  expect(await next()).toMatchObject({ done: { files: 0, bytes: 262_144 } })
  job.abort(new Error('Enough.'))
  await expect(next()).rejects.toThrow('Enough.')
})
