import { describe, expect, test } from 'vitest'
import { toText } from '../../../src/live/agent/payload'
import { isSecret } from '../../../src/live/agent/secrets'

const read = (value: unknown): unknown => JSON.parse(toText(value, 'redacted'))

describe('A secret', () => {
  test.each([
    'password',
    'userPassword',
    'apiKey',
    'API_KEY',
    'key',
    'accessToken',
    'auth',
    'Cookie',
  ])('is the value of "%s"', (name) => {
    expect(isSecret(name)).toBe(true)
    expect(read({ [name]: 'hunter2' })).toEqual({ [name]: '‹redacted›' })
    expect(read([[{ deep: new Map([[name, 'hunter2']]) }]])).not.toContain('hunter2')
  })

  test.each(['monkey', 'keyboard', 'author', 'spin', 'name'])('is not that of "%s"', (name) => {
    expect(isSecret(name)).toBe(false)
  })

  test('is known in a text by what is around it', () => {
    const text = toText(
      ['Authorization: Bearer abcdefgh12345', 'https://example.org/?a=1&access_token=hunter2&b=2'],
      'redacted',
    )
    expect(text).not.toMatch(/hunter2|abcdefgh/)
    expect(text).toContain('&b=2')
  })

  test('is seen where all is to be seen', () => {
    expect(toText({ password: 'hunter2' }, 'full')).toContain('hunter2')
    expect(toText({ name: 'anna' }, 'none')).toBe('')
  })
})

test('a value that is large is cut, and what JSON does not know is named', () => {
  const value = {
    text: 'x'.repeat(1e6),
    list: Array.from({ length: 1e5 }, (_, at) => at),
    bytes: new Uint8Array(1e6),
    nothing: undefined,
    large: 12n,
  }
  const text = toText(value, 'redacted')
  expect(text.length).toBeLessThan(10_000)
  expect(toText({ nothing: undefined, large: 12n, bytes: new Uint8Array(7) }, 'redacted')).toBe(
    '{"nothing":"‹undefined›","large":"‹12n›","bytes":"‹Uint8Array of 7 bytes›"}',
  )
})

test('a value that refers to itself, or cannot be read, breaks nothing', () => {
  const value: { self?: unknown } = {}
  value.self = value
  expect(toText(value, 'full')).toContain('‹…›')
  const trap = {
    get field(): never {
      throw new Error('It is a trap.')
    },
  }
  expect(toText(trap, 'full')).toBe('"‹unreadable›"')
})
