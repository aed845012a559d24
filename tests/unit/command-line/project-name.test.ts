import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../src/errors.ts'
import { checkProjectName, suggestName } from '../../../src/command-line/project-name.ts'

it.each(['my-app', 'app2', '2048', 'my.app', 'my_app', 'com', 'a'.repeat(214)])(
  'accepts "%s"',
  (name) => {
    expect(() => checkProjectName(name, name)).not.toThrow()
  },
)

describe('refuses, and suggests a directory for,', () => {
  it.each([
    { directory: 'My App', suggestion: 'my-app' },
    { directory: 'MyApp', suggestion: 'myapp' },
    { directory: '.hidden', suggestion: 'hidden' },
    { directory: '_private', suggestion: 'private' },
    { directory: 'node_modules', suggestion: 'my-node_modules' },
    { directory: 'http', suggestion: 'my-http' },
    { directory: 'CON', suggestion: 'my-con' },
    { directory: 'aux.txt', suggestion: 'my-aux.txt' },
    { directory: 'lpt1', suggestion: 'my-lpt1' },
    { directory: 'app.', suggestion: 'app' },
    { directory: 'Ünïcödé', suggestion: 'unicode' },
    { directory: '日本', suggestion: 'my-app' },
    { directory: "it's", suggestion: 'it-s' },
    { directory: '@scope', suggestion: 'scope' },
    { directory: 'a'.repeat(215), suggestion: 'a'.repeat(214) },
  ])('$directory', ({ directory, suggestion }) => {
    expect(() => checkProjectName(directory, directory)).toThrow(`Try "${suggestion}".`)
  })
})

it('says what is wrong, and keeps the folders before the name', () => {
  expect(() => checkProjectName('MyApp', 'work/MyApp')).toThrow(
    new UsageError(
      'Directory "work/MyApp" would name the project "MyApp", but npm refuses it: name can no longer contain capital letters. Try "work/myapp".',
    ),
  )
})

it('suggests a neighbour of a current folder with a bad name', () => {
  expect(() => checkProjectName('con', '.')).toThrow(
    new UsageError(
      'Directory "." would name the project "con", but Windows refuses such a name. Try "../my-con".',
    ),
  )
})

it('suggests only what it would accept', () => {
  for (const name of ['', '   ', '...', '-', 'NUL.', 'favicon.ico', `${'a'.repeat(213)}.b`]) {
    const suggestion = suggestName(name)
    expect(() => checkProjectName(suggestion, suggestion)).not.toThrow()
  }
})
