import { describe, expect, it } from 'vitest'
import { FailedError, describeError } from '../../../src/errors.ts'
import { toPrintable, toPrintableJson, toPrintableLines } from '../../../src/terminal/printable.ts'

it.each([
  ['\u001B[31mred', String.raw`\x1b[31mred`],
  ['\u009B31mred', String.raw`\x9b31mred`],
  ['\u001B]0;title\u0007', String.raw`\x1b]0;title\x07`],
  ['a\rb\nc\td\be', String.raw`a\x0db\x0ac\x09d\x08e`],
  ['\u007F', String.raw`\x7f`],
  ['exe.\u202Etxt', String.raw`exe.\u202etxt`],
  ['\u2066a\u2069\u2028', String.raw`\u2066a\u2069\u2028`],
  ['größe 日本語 👩‍💻', 'größe 日本語 👩‍💻'],
])('%j is shown as it is written, and does nothing', (text, shown) => {
  expect(toPrintable(text)).toBe(shown)
})

it('lines stay lines where we have made them', () => {
  expect(toPrintableLines('a\u001B\nb')).toBe('a\\x1b\nb')
})

it('JSON says the same, and shows what it says', () => {
  const value = { name: 'a\u009B\u001B\u202E\u007F', list: ['é'] }
  const text = toPrintableJson(value)
  expect(text).toMatch(/^[\n\x20-\x7Eé]+$/)
  expect(JSON.parse(text)).toEqual(value)
})

describe('errors', () => {
  it('of ours are one line that can be printed', () => {
    expect(new FailedError('it holds a\u001B[2J\nb').message).toBe(
      String.raw`it holds a\x1b[2J\x0ab`,
    )
  })

  it.each([true, false])('of others can be printed, with debug: %s', (debug) => {
    expect(describeError(new Error('no \u001B[2J\u009B'), debug)).not.toMatch(/[^\P{Cc}\n]/u)
  })
})
