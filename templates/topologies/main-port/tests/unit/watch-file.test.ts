import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { watchFile } from '../../src/main/main-port/watch-file'

let folder: string
let file: string
let work: AbortController

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-file-'))
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
  const states = watchFile(file, work.signal)
  await expectState(states, { text: 'one', size: 3, isText: true })
  await writeFile(file, 'one, two')
  await expectState(states, { text: 'one, two', size: 8 })
})

test('sees one that is put in its place, one that goes, and one that comes back', async () => {
  await writeFile(file, 'old')
  const states = watchFile(file, work.signal)
  await expectState(states, { text: 'old' })
  await writeFile(join(folder, 'new.txt'), 'new')
  await rename(join(folder, 'new.txt'), file)
  await expectState(states, { text: 'new' })
  await rm(file)
  await expectState(states, { problem: '"notes.txt" is not there (any more).' })
  await writeFile(file, 'back')
  await expectState(states, { text: 'back' })
})

test('shows the start of a huge file, and that a file is no text', async () => {
  await writeFile(file, 'a'.repeat(100_000))
  const states = watchFile(file, work.signal)
  await expectState(states, { text: 'a'.repeat(4096), size: 100_000 })
  await writeFile(file, Buffer.from([1, 0, 2]))
  await expectState(states, { isText: false, text: '' })
})

test('says that a folder is no file', async () => {
  const states = watchFile(folder, work.signal)
  expect((await states.next()).value).toMatchObject({ problem: expect.stringContaining('no file') })
})

test('ends as soon as nobody wants it any more', async () => {
  await writeFile(file, 'one')
  const states = watchFile(file, work.signal)
  await states.next()
  const next = states.next()
  work.abort()
  expect(await next).toEqual({ value: undefined, done: true })
})

test('says that its folder is not there, and not where that would be', async () => {
  const states = watchFile(join(folder, 'gone/notes.txt'), work.signal)
  const error = { code: 'ENOENT', message: '"gone" is not there (any more).' }
  await expect(states.next()).rejects.toMatchObject(error)
})
