class Book {
  title = 'Emma'
  #price = 3
  get price(): number {
    return this.#price
  }
}

class Pages extends Array<unknown> {}
class Bytes extends Uint8Array {}
class Day extends Date {}

/** One value of every kind that structured clone knows, and those that are easily copied wrong. */
export function newValues(): [what: string, value: unknown][] {
  return [...primitives(), ...newObjects(), ...newArrays(), ...newBytes(), ...newOthers()]
}

function primitives(): [string, unknown][] {
  return [
    ['undefined', undefined],
    ['null', null],
    ['true', true],
    ['zero', 0],
    ['minus zero', -0],
    ['NaN', Number.NaN],
    ['minus Infinity', -Infinity],
    ['a fraction', 1.5],
    ['a number above 32 bits', 2 ** 40 + 1],
    ['a BigInt', 1n],
    ['a BigInt above 64 bits', -(2n ** 100n)],
    ['an empty string', ''],
    ['a string', 'Emma'],
    ['a string above 8 bits', 'Эмма 🕮'],
    ['half a character', '\ud83d'],
  ]
}

function newObjects(): [string, unknown][] {
  const hidden = Object.defineProperty({ title: 'Emma' }, 'price', { value: 3 })
  const bare = Object.assign(Object.create(null) as object, { title: 'Emma' })
  const cyclic: Record<string, unknown> = { title: 'Emma' }
  cyclic['self'] = cyclic
  return [
    ['an empty object', {}],
    ['an object of undefined', { title: undefined }],
    ['objects in objects', { book: { title: 'Emma', page: { number: 1 } } }],
    [
      'an object with names that are numbers',
      { title: 'Emma', 10: 'ten', 2: 'two', '-1': 'minus' },
    ],
    ['an object with names of Object.prototype', { constructor: 1, toString: 2, valueOf: {} }],
    ['an object that looks like an array', { length: 2, 0: 'a', 1: 'b' }],
    ['an object with a "then"', JSON.parse('{"then":1}')],
    ['an object with a "__proto__"', JSON.parse('{"__proto__":{"torn":true},"title":"Emma"}')],
    ['an object without a prototype', bare],
    ['the same with a "__proto__"', withProto(Object.create(null) as object)],
    ['an object with a symbol for a name', { [Symbol('torn')]: true, title: 'Emma' }],
    ['an object with a hidden property', hidden],
    ['an object with a getter', { get title() { return 'Emma' } }], // prettier-ignore
    ['a frozen object', Object.freeze({ pages: Object.freeze([1]) })],
    ['an object of a class', new Book()],
    ['an object that is a part of itself', cyclic],
    ['objects forty levels deep', nest(40)],
  ]
}

function newArrays(): [string, unknown][] {
  const cyclic: unknown[] = [1]
  cyclic.push(cyclic)
  return [
    ['an empty array', []],
    ['arrays in arrays', [1, [2, [3, []]]]],
    ['an array with holes', [1, , undefined, , 5]], // oxlint-disable-line no-sparse-arrays
    ['an array of nothing but holes', Array(5)],
    ['an array with a hole at its end', Object.assign([1, 2], { length: 4 })],
    ['an array with properties', Object.assign([1, 2], { title: 'Emma', pages: [1, { two: 2 }] })],
    ['an array with a property above its length', Object.assign([1], { '-1': 'a', '1.5': 'b' })],
    ['an array with properties named as its methods', Object.assign([1], { slice: 1, map: 2 })],
    ['an array with a "__proto__"', withProto([1, 2])],
    ['a frozen array', Object.freeze([1, Object.freeze({ page: 2 })])],
    ['an array of a class', Pages.from([1, { page: 2 }])],
    ['an array that is a part of itself', cyclic],
  ]
}

function newBytes(): [string, unknown][] {
  const book = new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
  return [
    ['an ArrayBuffer', book.slice().buffer],
    ['a DataView', new DataView(book.buffer, 2, 4)],
    ['an empty Uint8Array', new Uint8Array()],
    ['a Uint8Array', book.slice()],
    ['a part of a Uint8Array', book.subarray(3, 7)],
    ['a Uint8ClampedArray', new Uint8ClampedArray([1, 300])],
    ['an Int8Array', new Int8Array([1, -1])],
    ['an Int16Array over a part of a buffer', new Int16Array(book.buffer, 2, 3)],
    ['a Uint16Array', new Uint16Array([1, 65_535])],
    ['an Int32Array', new Int32Array([1, -1])],
    ['a Uint32Array', new Uint32Array([1, 2 ** 32 - 1])],
    ['a Float32Array', new Float32Array([-0, Number.NaN, 1.5])],
    ['a Float64Array over a part of a buffer', new Float64Array(book.buffer, 8, 1)],
    ['a BigInt64Array', new BigInt64Array([-1n, 2n ** 62n])],
    ['a BigUint64Array', new BigUint64Array([1n, 2n ** 63n])],
    ['a Buffer', Buffer.from('Emma')],
    ['an empty Buffer', Buffer.alloc(0)],
    ['a part of a Buffer', Buffer.from('Emma and Mr. Knightley').subarray(2, 7)],
    ['a typed array of a class', new Bytes([1, 2, 3])],
    ['a typed array with a property', Object.assign(new Uint8Array([1]), { title: 'Emma' })],
    ['a typed array of 100 KiB', new Uint8Array(100 * 1024).fill(7)],
  ]
}

function newOthers(): [string, unknown][] {
  return [
    ['a Date', new Date(1_815_000_000_000)],
    ['a Date that is none', new Date(Number.NaN)],
    ['a Date of a class, with a property', Object.assign(new Day(0), { title: 'Emma' })],
    ['a RegExp', Object.assign(/em+a/giu, { lastIndex: 3 })],
    ['a Map', new Map<unknown, unknown>([[{ page: 1 }, [1]], [Number.NaN, new Map()]])], // prettier-ignore
    ['a Set', new Set<unknown>([-0, 'Emma', { page: 1 }, new Set()])],
    ['an Error', new TypeError('lost', { cause: { page: 1 } })],
    ['a boxed number', Object(1)],
    ['a boxed string', Object('Emma')],
    ['a boxed boolean', Object(false)],
    ['a boxed BigInt', Object(1n)],
  ]
}

function withProto<Value extends object>(value: Value): Value {
  const property = { value: { torn: true }, enumerable: true, writable: true, configurable: true }
  return Object.defineProperty(value, '__proto__', property)
}

function nest(levels: number): object {
  return levels === 0 ? { title: 'Emma' } : { inner: nest(levels - 1) }
}
