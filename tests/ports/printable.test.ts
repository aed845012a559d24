import { expect, test } from 'vitest'
import { printable, printableError } from '../../templates/base/src/ports/printable.ts'

test.each([
  ['Emma', 'Emma'],
  ['Grüße, 你好 🎉', 'Grüße, 你好 🎉'],
  ['\u001B]0;owned\u0007', '\uFFFD]0;owned\uFFFD'],
  ['a\nb\tc\u0000', 'a\uFFFDb\uFFFDc\uFFFD'],
  ['\u009B31m', '\uFFFD31m'],
  ['\u202Ecod.exe', '\uFFFDcod.exe'],
  ['', ''],
])('%j is printed as %j', (text, shown) => {
  expect(printable(text)).toBe(shown)
})

test('a text is cut before it is looked at: however long, it takes no time', () => {
  const long = '\u001B'.repeat(20_000_000)
  const began = performance.now()
  for (let time = 0; time < 20; time++) {
    expect(printable(long)).toBe(`${'\uFFFD'.repeat(300)}…`)
    expect(printableError(long)).toHaveLength(301)
  }
  expect(performance.now() - began).toBeLessThan(1000)
  expect(printable('abc', 2)).toBe('ab…')
})
