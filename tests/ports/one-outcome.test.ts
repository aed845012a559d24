import { describe, expect, test } from 'vitest'
import { transfer } from '../../templates/base/src/ports/channel/transfer.ts'
import { meet, outcome, readAll } from './pair.ts'

/** As Vue's `reactive` does it: whatever is read of it is a proxy in turn. */
function reactive<Value extends object>(value: Value): Value {
  return new Proxy(value, {
    get(target, name, receiver) {
      const part: unknown = Reflect.get(target, name, receiver)
      return isState(part) ? reactive(part) : part
    },
  })
}

const isState = (value: unknown): value is object =>
  Array.isArray(value) || Object.prototype.toString.call(value) === '[object Object]'

class Todo {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  get isLong(): boolean {
    return this.text.length > 9
  }
}

const newTodos = (count: number): { text: string; tags: string[]; done: boolean }[] =>
  Array.from({ length: count }, (_, index) => ({
    text: `Read page ${index}`,
    tags: ['book'],
    done: index % 2 === 0,
  }))

/** What may be given, by its size, and what arrives. */
const values: [
  what: string,
  make: (count: number) => unknown,
  arrives: (count: number) => unknown,
][] = [
  ['a reactive list', (count) => reactive(newTodos(count)), newTodos],
  [
    'reactive state in plain data',
    (count) => ({ all: [reactive(newTodos(count))] }),
    (count) => ({ all: [newTodos(count)] }),
  ],
  ['an object with getters', (count) => ({ get all() { return newTodos(count) } }), (count) => ({ all: newTodos(count) })], // prettier-ignore
  ['a reactive object with getters', (count) => reactive({ get all() { return newTodos(count) } }), (count) => ({ all: newTodos(count) })], // prettier-ignore
  [
    'objects of a class',
    (count) => newTodos(count).map(({ text }) => new Todo(text)),
    (count) => newTodos(count).map(({ text }) => ({ text })),
  ],
  [
    'a list with holes',
    (count) => Object.assign([], { 1: newTodos(count), length: 9 }),
    (count) => Object.assign([], { 1: newTodos(count), length: 9 }),
  ],
  [
    'a reactive list with holes',
    (count) => reactive(Object.assign([], { 1: newTodos(count), length: 9 })),
    (count) => Object.assign([], { 1: newTodos(count), length: 9 }),
  ],
]

describe.each([
  ['1 item', 1],
  ['300 items', 300],
  ['400 items', 400],
  ['20,000 items', 20_000],
])('Of %s', (_, count) => {
  test.each(values)('%s arrives as plain data', async (_what, make, arrives) => {
    const { reader } = meet({ save: async (value: unknown) => value })
    const [back] = (await reader.call.save([make(count)])) as [unknown]
    expect(back).toStrictEqual(arrives(count))
  })

  test.each(values)('%s arrives as plain data in a stream', async (_what, make, arrives) => {
    const { reader } = meet({
      async *read() {
        yield* [1, make(count), make(count)]
      },
    })
    const [, one, other] = await readAll(reader.stream.read())
    expect([one, other]).toStrictEqual([arrives(count), arrives(count)])
  })

  test('a function in it is refused, reactive or not', async () => {
    const { reader } = meet({ save: async (value: unknown) => value })
    const todos = Object.assign(newTodos(count), { 0: { text() {} } })
    for (const value of [todos, reactive(todos)]) {
      expect(await outcome(reader.call.save(value))).toMatchObject({
        error: { code: 'not-cloneable' },
      })
    }
    expect(await reader.call.save(1)).toBe(1)
  })
})

test('a part that is in reactive state twice, or in itself, is one there, too', async () => {
  const { reader } = meet({ save: async (value: unknown) => value })
  const state: Record<string, unknown> = { todos: newTodos(1000) }
  state['self'] = state
  const proxy: unknown = new Proxy(state, {})
  state['again'] = proxy
  const back = (await reader.call.save(proxy)) as Record<string, unknown>
  expect(back['todos']).toEqual(newTodos(1000))
  expect(back['again']).toBe(back)
})

test('reactive options go along with what is moved', async () => {
  const { reader } = meet({
    paint: async (bytes: Uint8Array, options: unknown) => [bytes.length, options],
  })
  const bytes = new Uint8Array(100_000)
  const painted = reader.call.paint(
    transfer(bytes, [bytes.buffer]),
    reactive({ brush: { width: 3 } }),
  )
  expect(await painted).toEqual([100_000, { brush: { width: 3 } }])
  expect(bytes.length).toBe(0)
})

test('reactive state that waits behind large messages says what was true when it was sent', async () => {
  const heard: unknown[] = []
  const { reader } = meet({ note: (value: unknown) => void heard.push(value), ask: async () => {} })
  for (let count = 0; count < 30; count++) reader.notify.note(new Uint8Array(100_000))
  const state = reactive({ todos: newTodos(1000) })
  reader.notify.note(state)
  state.todos[0]!.text = 'Later.'
  await reader.call.ask()
  expect(heard.at(-1)).toEqual({ todos: newTodos(1000) })
})
