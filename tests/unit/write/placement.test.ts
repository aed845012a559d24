import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { FailedError } from '../../../src/errors.ts'
import type { ProjectFiles } from '../../../src/render/render.ts'
import { inspectTarget } from '../../../src/disk/target.ts'
import { placeProject as place } from '../../../src/write/placement.ts'
import { makeFolder } from '../../folders.ts'

const placeProject = (path: string, files: ProjectFiles, force?: boolean) =>
  place(inspectTarget(path), files, force)

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
    expect(() => placeProject(join(folder, target), FILES)).not.toThrow()
  }
})

it('lists the files that would be overwritten', () => {
  const folder = makeFolder({ 'package.json': '', 'src/main.ts': '', 'notes.txt': '' })
  expect(() => placeProject(folder, FILES)).toThrow(
    new FailedError(
      `Folder "${folder}" is not empty: these files would be overwritten: package.json, src/main.ts. Choose another directory, or give --force, which keeps the old files as a backup.`,
      'folder-not-empty',
    ),
  )
})

it('lists what a folder holds when nothing would be overwritten', () => {
  const folder = makeFolder({ 'src/other.ts': '', 'notes.txt': '' })
  expect(() => placeProject(folder, FILES)).toThrow(
    new FailedError(
      `Folder "${folder}" is not empty: it holds notes.txt, src. Choose another directory, or give --force, which keeps the old files as a backup.`,
      'folder-not-empty',
    ),
  )
})

it('cuts a long list short', () => {
  const names = Array.from({ length: 22 }, (_, index) => `${index + 10}.txt`)
  const folder = makeFolder(Object.fromEntries(names.map((name) => [name, ''])))
  expect(() => placeProject(folder, FILES)).toThrow(
    'it holds 10.txt, 11.txt, 12.txt, 13.txt, 14.txt, 15.txt, 16.txt, 17.txt, 18.txt, 19.txt, … and 12 more.',
  )
})

it.each(['a-file', 'a-file/below', 'a-file/far/below'])('refuses "%s", naming the file', (path) => {
  const folder = makeFolder({ 'a-file': '' })
  expect(() => placeProject(join(folder, path), FILES)).toThrow(
    new FailedError(
      `"${join(folder, 'a-file')}" is a file, not a folder. Choose another directory.`,
    ),
  )
})

it('refuses a link that leads nowhere, naming it', () => {
  const folder = makeFolder()
  symlinkSync(join(folder, 'nowhere'), join(folder, 'my-app'), 'junction')
  expect(() => placeProject(join(folder, 'my-app/below'), FILES)).toThrow(
    new FailedError(
      `"${join(folder, 'my-app')}" is a link that leads nowhere. Choose another directory.`,
    ),
  )
})

it('keeps a README that is there already, and writes the rest', () => {
  const folder = makeFolder({ 'README.md': 'mine', LICENSE: '', '.git/HEAD': '' })
  const { files, kept, replaced } = placeProject(folder, FILES)
  expect({ files: [...files.keys()], kept, replaced }).toEqual({
    files: ['package.json', 'src/main.ts'],
    kept: ['README.md'],
    replaced: [],
  })
})

it('with force writes everything, and says what gives way', () => {
  const folder = makeFolder({ 'README.md': 'mine', 'notes.txt': '', 'src/other.ts': '' })
  const { files, kept, replaced } = placeProject(folder, FILES, true)
  expect({ files: [...files.keys()], kept, replaced }).toEqual({
    files: [...FILES.keys()],
    kept: [],
    replaced: ['README.md'],
  })
})

it('with force leaves alone what is there as it would be written', () => {
  const folder = makeFolder({ 'README.md': '', 'package.json': 'mine', 'src/other.ts': '' })
  const { files, kept, replaced } = placeProject(folder, FILES, true)
  expect({ files: [...files.keys()], kept, replaced }).toEqual({
    files: ['package.json', 'src/main.ts'],
    kept: [],
    replaced: ['package.json'],
  })
})

it('refuses a folder in the place of a file, and a file in the place of a folder, with force too', () => {
  const withFolder = makeFolder({ 'package.json/inside.txt': '' })
  expect(() => placeProject(withFolder, FILES, true)).toThrow(
    `"${join(withFolder, 'package.json')}" is a folder, and in the way of "package.json".`,
  )
  const withFile = makeFolder({ src: '' })
  expect(() => placeProject(withFile, FILES, true)).toThrow(
    `"${join(withFile, 'src')}" is a file, and in the way of "src/main.ts".`,
  )
})

it('follows no link out of the project', () => {
  const folder = makeFolder({ 'elsewhere/main.ts': 'mine' })
  mkdirSync(join(folder, 'my-app'))
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'my-app/src'), 'junction')
  expect(() => placeProject(join(folder, 'my-app'), FILES, true)).toThrow(
    `"${join(folder, 'my-app/src')}" is a link, and in the way of "src/main.ts".`,
  )
})
