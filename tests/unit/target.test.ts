import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { FailedError } from '../../src/errors.ts'
import type { ProjectFiles } from '../../src/render.ts'
import { refuseOccupied } from '../../src/target.ts'
import { makeFolder } from '../folders.ts'

const FILES: ProjectFiles = new Map(
  ['package.json', 'src/main.ts', 'README.md'].map((path) => [
    path,
    { content: Buffer.from(''), from: 'base', how: 'copied' },
  ]),
)

it('accepts a folder that is missing, empty, or holds a repository and litter only', () => {
  const folder = makeFolder({ 'used/.git/HEAD': '', 'used/.DS_Store': '', 'used/Thumbs.db': '' })
  mkdirSync(join(folder, 'empty'))
  for (const target of ['empty', 'used', 'missing', 'missing/below']) {
    expect(() => refuseOccupied(join(folder, target), FILES)).not.toThrow()
  }
})

it('lists the files that would be overwritten', () => {
  const folder = makeFolder({ 'package.json': '', 'src/main.ts': '', 'notes.txt': '' })
  expect(() => refuseOccupied(folder, FILES)).toThrow(
    new FailedError(
      `Folder "${folder}" is not empty: these files would be overwritten: package.json, src/main.ts. Choose another directory, or empty this one.`,
    ),
  )
})

it('lists what a folder holds when nothing would be overwritten', () => {
  const folder = makeFolder({ 'src/other.ts': '', 'notes.txt': '' })
  expect(() => refuseOccupied(folder, FILES)).toThrow(
    new FailedError(
      `Folder "${folder}" is not empty: it holds notes.txt, src. Choose another directory, or empty this one.`,
    ),
  )
})

it('cuts a long list short', () => {
  const names = Array.from({ length: 22 }, (_, index) => `${index + 10}.txt`)
  const folder = makeFolder(Object.fromEntries(names.map((name) => [name, ''])))
  expect(() => refuseOccupied(folder, FILES)).toThrow(
    'it holds 10.txt, 11.txt, 12.txt, 13.txt, 14.txt, 15.txt, 16.txt, 17.txt, 18.txt, 19.txt, … and 12 more.',
  )
})

it.each(['a-file', 'a-file/below', 'a-file/far/below'])('refuses "%s", naming the file', (path) => {
  const folder = makeFolder({ 'a-file': '' })
  expect(() => refuseOccupied(join(folder, path), FILES)).toThrow(
    new FailedError(
      `"${join(folder, 'a-file')}" is a file, not a folder. Choose another directory.`,
    ),
  )
})
