import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { OpenFolder } from '../../src/main/main-port/folder'
import { watchFile } from '../../src/main/main-port/watch-file'

let folder: string
let chosen: OpenFolder
let file: string
let work: AbortController

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-file-'))
  chosen = await OpenFolder.open(folder)
  file = join(folder, 'notes.txt')
  work = new AbortController()
})
afterEach(async () => {
  work.abort()
  await rm(folder, { recursive: true })
})

/** Reads states until one is as expected. */
async function expectState(states: AsyncIterator<unknown, void>, expected: object): Promise<void> {
  await expect.poll(async () => (await states.next()).value).toMatchObject(expected)
}

test('gives the state of a file, and every change of it', async () => {
  await writeFile(file, 'one')
  const states = watchFile(chosen, 'notes.txt', work.signal)
  await expectState(states, { text: 'one', size: 3, isText: true })
  await writeFile(file, 'one, two')
  await expectState(states, { text: 'one, two', size: 8 })
})

test('sees one that is put in its place, one that goes, and one that comes back', async () => {
  await writeFile(file, 'old')
  const states = watchFile(chosen, 'notes.txt', work.signal)
  await expectState(states, { text: 'old' })
  await writeFile(join(folder, 'new.txt'), 'new')
  await rename(join(folder, 'new.txt'), file)
  await expectState(states, { text: 'new' })
  await rm(file)
  await expectState(states, {
    problem: '"notes.txt" is not (any more) in the folder that was chosen.',
  })
  await writeFile(file, 'back')
  await expectState(states, { text: 'back' })
})

test('shows the start of a huge file, and that a file is no text', async () => {
  await writeFile(file, 'a'.repeat(100_000))
  const states = watchFile(chosen, 'notes.txt', work.signal)
  await expectState(states, { text: 'a'.repeat(4096), size: 100_000 })
  await writeFile(file, Buffer.from([1, 0, 2]))
  await expectState(states, { isText: false, text: '' })
})

test('says that a folder is no file', async () => {
  const states = watchFile(chosen, '', work.signal)
  expect((await states.next()).value).toMatchObject({ problem: expect.stringContaining('no file') })
})

test('ends as soon as nobody wants it any more', async () => {
  await writeFile(file, 'one')
  const states = watchFile(chosen, 'notes.txt', work.signal)
  await states.next()
  const next = states.next()
  work.abort()
  expect(await next).toEqual({ value: undefined, done: true })
})

test('shows nothing of a link to the outside that takes the place of the file, or of its folder', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'outside-'))
  await writeFile(join(outside, 'inner.txt'), 'secret')
  await mkdir(join(folder, 'inner'))
  await writeFile(join(folder, 'inner/inner.txt'), 'mine')
  await writeFile(file, 'mine')
  const states = [
    watchFile(chosen, 'notes.txt', work.signal),
    watchFile(chosen, 'inner/inner.txt', work.signal),
  ]
  for (const each of states) await expectState(each, { text: 'mine' })
  await symlink(join(outside, 'inner.txt'), join(folder, 'link'))
  await rename(join(folder, 'link'), file)
  await expectState(states[0]!, { problem: expect.stringContaining('is not (any more) in') })
  await writeFile(join(folder, 'inner/inner.txt'), 'changed') // it is read again
  await rename(join(folder, 'inner'), join(folder, 'aside'))
  await symlink(outside, join(folder, 'inner'))
  await expectState(states[1]!, { problem: expect.stringContaining('is not (any more) in') })
  await rm(outside, { recursive: true })
})

test('says that a file is not there, and not where that would be', async () => {
  const states = watchFile(chosen, 'gone/notes.txt', work.signal)
  const message = '"gone/notes.txt" is not (any more) in the folder that was chosen.'
  await expect(states.next()).rejects.toMatchObject({ code: 'ENOENT', message })
})

test.each([undefined, null, 7, 'signal', {}])(
  'holds nothing for a page that gives %j for a signal',
  async (signal) => {
    await writeFile(file, 'one')
    const before = watchers()
    for (let count = 0; count < 20; count++) {
      const states = watchFile(chosen, 'notes.txt', signal as unknown as AbortSignal)
      await expect(states.next()).rejects.toThrow(TypeError)
    }
    expect(watchers()).toBeLessThanOrEqual(before)
  },
)

/** How many files and folders this process watches. */
function watchers(): number {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith('FSEvent')).length
}
