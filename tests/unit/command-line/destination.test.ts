import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { chooseDestination } from '../../../src/command-line/destination.ts'
import { FailedError, UsageError } from '../../../src/errors.ts'
import { makeFolder } from '../../folders.ts'

const HOME = homedir()

describe('the name of a project', () => {
  it.each([
    ['MyRepo', 'myrepo'],
    ['My App', 'my-app'],
    ['Café', 'cafe'],
    ['日本語', 'my-app'],
    ['aux', 'my-aux'],
    ['_private', 'private'],
    ['my-app', 'my-app'],
    ['a_b.c-', 'a_b.c-'],
  ])('is made from that of a folder that is there: "%s" gives "%s"', (folder, name) => {
    const path = join(makeFolder({ [`${folder}/.git/HEAD`]: '' }), folder)
    expect(chooseDestination(path)).toEqual({ directory: path, path, name })
    vi.spyOn(process, 'cwd').mockReturnValue(path)
    expect(chooseDestination('.')).toEqual({ directory: '.', path, name })
    expect(chooseDestination('.', 'other').name).toBe('other')
    vi.restoreAllMocks()
  })

  it('is that of the folder to be made, which is refused where it cannot be', () => {
    const folder = makeFolder()
    expect(chooseDestination(join(folder, 'my-app')).name).toBe('my-app')
    expect(() => chooseDestination(join(folder, 'MyApp'))).toThrow(`Try "${join(folder, 'myapp')}"`)
    expect(chooseDestination(join(folder, 'MyApp'), 'desk').name).toBe('desk')
  })

  it.each([
    ['My App', 'npm refuses it: name can only contain URL-friendly characters', 'my-app'],
    ['@scope/app', 'it is the name of a folder as well', 'scope-app'],
    ['aux', 'Windows refuses such a name', 'my-aux'],
  ])('is not "%s"', (name, problem, suggestion) => {
    expect(() => chooseDestination('my-app', name)).toThrow(
      new UsageError(`The flag --name "${name}" does not do: ${problem}. Try "${suggestion}".`),
    )
  })

  it('does not make up for a folder that Windows could not have', () => {
    expect(() => chooseDestination('apps/aux', 'desk')).toThrow(
      new UsageError(
        'Directory "apps/aux" does not do: Windows refuses such a name. Choose another.',
      ),
    )
  })
})

describe('what a shell would have replaced', () => {
  it.each([
    ['~/projects/my-app', join(HOME, 'projects/my-app')],
    ['~/my-app', join(HOME, 'my-app')],
    ['./~/my-app', resolve('~/my-app')],
  ])('is the home folder in "%s"', (directory, path) => {
    expect(chooseDestination(directory).path).toBe(path)
    expect(chooseDestination(directory).directory).not.toMatch(/^~/)
  })

  it('is the home folder in "~"', () => {
    expect(chooseDestination('~').path).toBe(HOME)
  })

  it.each([
    ['~emma/projects/my-app', '~emma'],
    ['$HOME/projects/my-app', '$HOME'],
    ['${HOME}/projects/my-app', '${HOME}'],
    ['%USERPROFILE%/projects/my-app', '%USERPROFILE%'],
    ['"my projects/my-app"', '"'],
    ["'my projects/my-app", "'"],
    ['my\\ projects/my-app', '\\ '],
  ])('is refused in %s', (directory, found) => {
    vi.spyOn(process, 'cwd').mockReturnValue(makeFolder())
    expect(() => chooseDestination(directory, 'my-app')).toThrow(
      new UsageError(
        `Directory "${directory}" holds "${found}", which only a shell understands. Write the path as it is.`,
      ),
    )
    vi.restoreAllMocks()
  })

  it.each(['~emma/my-app', '$HOME/my-app', "'my/my-app"])(
    'is a name in %s where there is a folder called so',
    (directory) => {
      const folder = makeFolder({ [`${directory}/../other.txt`]: '' })
      vi.spyOn(process, 'cwd').mockReturnValue(folder)
      expect(chooseDestination(directory).path).toBe(resolve(folder, directory))
      vi.restoreAllMocks()
    },
  )
})

describe('a character that a terminal obeys', () => {
  it.each(['my\u009Bapp/x', 'a\u001B[2J/../my-app', 'my\u202Eapp/x', 'my\u2028app/x'])(
    'is refused in %j, and not printed',
    (directory) => {
      expect(() => chooseDestination(directory)).toThrow(
        /^Directory "[\x20-\x7E]+" holds a character that cannot be written\. Choose another\.$/,
      )
    },
  )
})

describe('in a folder that has been deleted', () => {
  it('a full path will do, and nothing else', () => {
    vi.spyOn(process, 'cwd').mockImplementation(() => {
      throw new Error('ENOENT: uv_cwd')
    })
    const path = join(HOME, 'my-app')
    expect(chooseDestination(path).path).toBe(path)
    expect(chooseDestination('~/my-app').path).toBe(path)
    for (const directory of ['my-app', '.', '../my-app']) {
      expect(() => chooseDestination(directory)).toThrow(FailedError)
    }
    vi.restoreAllMocks()
  })
})
