import { mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkPath } from '../../../src/disk/check-path.ts'
import { inspectTarget } from '../../../src/disk/target.ts'
import { UsageError } from '../../../src/errors.ts'
import { makeFolder } from '../../folders.ts'

describe('refuses a path that the tools of a project stumble over', () => {
  it.each([
    ['linux', '/home/emma/C#/my-app', '#'],
    ['linux', '/home/emma/why?/my-app', '?'],
    ['linux', '/home/emma/100%/my-app', '%'],
    ['darwin', '/Users/emma/*new*/my-app', '*'],
    ['linux', String.raw`/home/emma/a\b/my-app`, '\\'],
    ['darwin', '/Users/emma/2026:11/my-app', ':'],
    ['win32', String.raw`C:\C#\my-app`, '#'],
    ['win32', String.raw`C:\100%\my-app`, '%'],
    ['win32', String.raw`C:\a;b\my-app`, ';'],
  ] as const)('on %s: %s', (platform, path, found) => {
    expect(() => checkPath(path, platform)).toThrow(
      new UsageError(
        `Directory "${path}" has "${found}" in its path, over which the build or the tests of a project stumble. Choose another.`,
      ),
    )
  })
})

describe('accepts a path that they do not', () => {
  it.each([
    ['linux', `/a b/[c]/{d,e}/(f)/!g/"h"/'i'/j;k/l&m/n|o/<p>/q$r/s@t/u+v/w=x/y~z/${'`'}/^/my-app`],
    ['linux', '/ünï 日本/😀/my-app'],
    ['win32', String.raw`C:\a b\[c]\(d)\my-app`],
  ] as const)('on %s: %s', (platform, path) => {
    expect(() => checkPath(path, platform)).not.toThrow()
  })
})

it('goes by where a folder is, and not by the link that leads there', () => {
  const folder = realpathSync(makeFolder())
  mkdirSync(join(folder, 'C#'))
  symlinkSync(join(folder, 'C#'), join(folder, 'sharp'), 'junction')
  expect(() => inspectTarget(join(folder, 'sharp/my-app'))).toThrow(
    `Directory "${join(folder, 'C#')}" has "#" in its path`,
  )
})
