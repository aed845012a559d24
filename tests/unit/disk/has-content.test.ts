import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasContent } from '../../../src/disk/has-content.ts'
import { makeFolder } from '../../folders.ts'

/** Whether a file of those bytes counts as having those others. */
function compare(there: string, wanted: string): boolean {
  const path = join(makeFolder(), 'a-file')
  writeFileSync(path, there, 'latin1')
  return hasContent(path, Buffer.from(wanted, 'latin1'))
}

describe('a text', () => {
  it.each([
    ['one\ntwo\n', 'one\ntwo\n'],
    ['one\r\ntwo\r\n', 'one\ntwo\n'],
    ['one\r\ntwo\n', 'one\ntwo\n'],
    ['one\ntwo\n', 'one\r\ntwo\r\n'],
    ['', ''],
  ])('%j has the content %j: only the ends of lines differ', (there, wanted) => {
    expect(compare(there, wanted)).toBe(true)
  })

  it.each([
    ['one\r\ntwo', 'one\ntwo\n'],
    ['one \ntwo\n', 'one\ntwo\n'],
    ['one\n\r\ntwo\n', 'one\ntwo\n'],
    ['one\rtwo\n', 'one\ntwo\n'],
    ['\xE9\n', '\xE8\n'],
  ])('%j has not the content %j', (there, wanted) => {
    expect(compare(there, wanted)).toBe(false)
  })
})

it('a picture has the same content only when every byte is the same', () => {
  expect(compare('\x89\0\r\n\x1A\n', '\x89\0\n\x1A\n')).toBe(false)
  expect(compare('\x89\0\r\n\x1A\n', '\x89\0\r\n\x1A\n')).toBe(true)
})

it('what is no file has no content', () => {
  const folder = makeFolder({ 'a-file': 'text' })
  mkdirSync(join(folder, 'a-folder'))
  symlinkSync(join(folder, 'a-file'), join(folder, 'a-link'))
  for (const name of ['a-folder', 'a-link', 'nothing', 'a-file/below']) {
    expect(hasContent(join(folder, name), Buffer.from('text'))).toBe(false)
  }
})
