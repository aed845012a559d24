import { inspect } from 'node:util'
import { format } from '@vitest/pretty-format'
import { expect, test } from 'vitest'
import { meet } from './pair.ts'

/** A library that would answer to whatever it is asked. */
function newLibrary() {
  const asked: string[] = []
  const answer = (name: string) => () => void asked.push(name)
  return { asked, handlers: new Proxy({}, { get: (_, name) => answer(String(name)) }) }
}

/** Whatever looks at an object to find out what it is, and may call what it finds. */
const inspectors: [what: string, look: (value: object) => unknown][] = [
  ['JSON.stringify', (value) => JSON.stringify({ value })],
  ['a template literal', (value) => `${value as unknown as string}`],
  ['String', (value) => String(value)],
  ['a comparison with a number', (value) => (value as unknown as number) > 1],
  ['await', async (value) => await value],
  ['Promise.resolve', (value) => Promise.resolve(value)],
  ['catch and finally, where they are there', (value) => Promise.allSettled([value])],
  ['util.inspect', (value) => inspect(value, { depth: 9, showHidden: true, getters: true })],
  ['structuredClone', (value) => structuredClone(Object.keys(value))],
  ['a matcher of equality', (value) => expect(value).not.toEqual({ find: 1 })],
  ['a matcher that is asymmetric', (value) => expect({ value }).toEqual(expect.anything())],
  ['what a test prints of it', (value) => format(value)],
  ['hasOwnProperty', (value) => value.hasOwnProperty('find')],
  ['instanceof', (value) => value instanceof Error || value instanceof Promise],
  ['valueOf', (value) => value.valueOf() === value],
  ['toLocaleString', (value) => value.toLocaleString()],
]

test.each(inspectors)('%s asks nothing of the other end', async (_, look) => {
  const { asked, handlers } = newLibrary()
  const { reader, said } = meet(handlers)
  for (const verbs of [reader, reader.call, reader.stream, reader.notify, reader.with({}).call]) {
    await look(verbs)
  }
  expect(said.reader).toEqual([])
  expect(asked).toEqual([])
})

test.each([
  'then',
  'catch',
  'finally',
  'toJSON',
  'asymmetricMatch',
  '$$typeof',
  '@@__IMMUTABLE_ITERABLE__@@',
  '__v_isRef',
  '__v_raw',
  '_isVue',
  '$el',
])('%s is no method: React, Vue, and tests take it for a sign', (name) => {
  const { reader } = meet({})
  for (const verb of [reader.call, reader.stream, reader.notify]) {
    expect(Reflect.get(verb, name)).toBeUndefined()
  }
})

test.each(['toString', 'valueOf', 'hasOwnProperty', 'constructor', 'toLocaleString'])(
  '%s is that of every object',
  (name) => {
    const { reader } = meet({})
    expect(Reflect.get(reader.call, name)).toBe(Reflect.get({}, name))
  },
)

test('a method may have any other name', async () => {
  const { reader } = meet({
    inspect: async () => 'inspected',
    thenSome: async () => 'more',
    call: async () => 'called',
    length: async () => 3,
  })
  const { call } = reader
  expect(await Promise.all([call.inspect(), call.thenSome(), call.call(), call.length()])).toEqual([
    'inspected',
    'more',
    'called',
    3,
  ])
})
