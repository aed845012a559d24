import { describe, expect, test } from 'vitest'
import { parseArguments } from '../../../src/renderer/live-view/inspector/parse-arguments'

describe('Arguments that are typed', () => {
  test.each<[string, unknown[]]>([
    ['', []],
    ['  // none', []],
    ['\'a\', "b", `c`', ['a', 'b', 'c']],
    ['1, -2.5, 0xff, 1e3, 1_000, .5, 12n', [1, -2.5, 255, 1000, 1000, 0.5, 12n]],
    ['true, false, null, undefined, -Infinity', [true, false, null, undefined, -Infinity]],
    [
      "{ path: '/tmp', 'a b': [1, 2,], deep: { x: {} }, }",
      [{ path: '/tmp', 'a b': [1, 2], deep: { x: {} } }],
    ],
    ["'it\\'s', 'tab\\t', '\\u00e9\\x41\\u{1F600}'", ["it's", 'tab\t', 'éA😀']],
    ['[/* one */ 1, // two\n 2]', [[1, 2]]],
  ])('are read as data: %s', (text, values) => {
    expect(parseArguments(text)).toEqual(values)
  })

  test.each([
    ['process.exit()', 'At letter 1 is "process.exit()", where a value was to come.'],
    ['(() => 1)()', 'At letter 1 is "(() => 1)()", where a value was to come.'],
    ['{ a 1 }', 'At letter 5 is "1 }", where a colon was to come.'],
    ['[1 2]', 'At letter 4 is "2]", where a comma or "]" was to come.'],
    ["'open", "At letter 6 is the end, where the quote ' that ends the text was to come."],
    ['1 2', 'At letter 3 is "2", where a comma was to come.'],
  ])('are never run, and refused with the place: %s', (text, message) => {
    expect(() => parseArguments(text)).toThrow(message)
  })

  test('cannot reach the prototype of anything', () => {
    const [value] = parseArguments('{ __proto__: { isAdmin: true } }') as [object]
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect('isAdmin' in value).toBe(false)
  })
})
