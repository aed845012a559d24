import { chmodSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { findProgram } from '../../../src/programs/find-program.ts'
import { makeFolder } from '../../folders.ts'

/** Those files, which may all be run, in the folder in which the process is. */
function standIn(paths: string[]): string {
  const folder = makeFolder(Object.fromEntries(paths.map((path) => [path, ''])))
  for (const path of paths) chmodSync(join(folder, path), 0o755)
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
  return folder
}

describe.skipIf(process.platform === 'win32')('elsewhere than on Windows', () => {
  const find = (PATH: string | undefined) => findProgram('git', { PATH }, 'linux')

  it('a program is the first of its name in the PATH that is a file, and may be run', () => {
    const folder = standIn(['one/git', 'two/git', 'three/git'])
    chmodSync(join(folder, 'one/git'), 0o644)
    mkdirSync(join(folder, 'zero/git'), { recursive: true })
    const path = ['zero', 'one', 'two', 'three'].map((name) => join(folder, name)).join(delimiter)
    expect(find(path)).toBe(join(folder, 'two/git'))
  })

  it.each(['.', '', 'bin', './bin', '..:.:'])(
    'a program is not looked for in the folder by "%s"',
    (path) => {
      standIn(['git', 'bin/git'])
      expect(find(path)).toBeUndefined()
    },
  )

  it('there is none without a PATH', () => {
    expect(find(undefined)).toBeUndefined()
  })
})

describe('on Windows', () => {
  const find = (name: string, PATH: string, PATHEXT?: string) =>
    findProgram(name, { PATH, PATHEXT }, 'win32')

  it('a program is found by each of the endings that there are, in their order', () => {
    const folder = standIn(['bin/git.EXE', 'bin/npm.CMD', 'bin/npm'])
    const bin = join(folder, 'bin')
    expect(find('git', bin)).toBe(join(bin, 'git.EXE'))
    expect(find('npm', bin)).toBe(join(bin, 'npm.CMD'))
    expect(find('npm', bin, '.PS1')).toBeUndefined()
  })

  it('a program is not looked for in the folder itself', () => {
    const folder = standIn(['git.EXE', 'npm.CMD', 'bin/git.EXE'])
    const path = `.;;bin;"${join(folder, 'bin')}"`
    expect(find('git', path)).toBe(join(folder, 'bin/git.EXE'))
    expect(find('npm', path)).toBeUndefined()
  })
})
