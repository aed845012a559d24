/**
 * Plain data: primitives, and arrays, objects, dates and typed arrays of them. Of plain data alone can
 * be told, before it is posted, how much room it takes, and a copy be made that is sure to be cloned.
 */
export interface PlainCopy {
  readonly values: readonly unknown[]
  /** About how many it takes in a message. */
  readonly bytes: number
}

/** In bytes. A message up to here may wait for others and share a post; a bigger one leaves at once. */
export const SHARED_BYTES = 8 * 1024

/** Deeper than this, the stack may not hold. */
const MAX_DEPTH = 100

/**
 * Copies values as structured clone does: what occurs in them twice is one thing in the copy too. Bytes
 * that are too many to wait are left where they are.
 *
 * @param limit  In bytes.
 * @returns undefined when not all of it is plain, or it takes more than the limit.
 */
export function copyPlain(values: readonly unknown[], limit: number): PlainCopy | undefined {
  const bytes = bytesOfPrimitives(values)
  if (bytes <= limit) return { values, bytes }
  const copier = new Copier(limit)
  const copies: unknown[] = []
  for (const value of values) copies.push(copier.copy(value, 0))
  return copier.left < 0 ? undefined : { values: copies, bytes: limit - copier.left }
}

/** Most messages have nothing else, and need no copy. `Infinity` when one has. */
function bytesOfPrimitives(values: readonly unknown[]): number {
  let bytes = 0
  for (const value of values) {
    bytes += typeof value === 'object' && value !== null ? Infinity : sizeOf(value)
  }
  return bytes
}

/** Looks at everything once, for a getter may say something else the second time. */
class Copier {
  /** How many bytes are left. Below zero the copy is worth nothing, and is not completed. */
  left: number
  #copies: Map<object, object> | undefined

  constructor(limit: number) {
    this.left = limit
  }

  copy(value: unknown, depth: number): unknown {
    this.left -= sizeOf(value)
    if (typeof value !== 'object' || value === null) return value
    return this.#copies?.get(value) ?? this.#copyObject(value, depth)
  }

  #copyObject(value: object, depth: number): object {
    if (isTypedArray(value)) {
      this.left -= value.byteLength
      const isWhole = value.byteLength === value.buffer.byteLength
      const stays = this.left < 0 || (isWhole && value.byteLength > SHARED_BYTES)
      return stays ? value : this.#keep(value, slice.call(value))
    }
    if (value instanceof Date) return this.#keep(value, new Date(value))
    const isArray = Array.isArray(value)
    // An array may claim billions of places.
    const isPlain = isArray ? value.length <= this.left : isPlainObject(value)
    if (!isPlain || depth === MAX_DEPTH) this.left = -1
    if (this.left < 0) return value
    return this.#copyParts(value, this.#keep(value, isArray ? newArray(value.length) : {}), depth)
  }

  #copyParts(value: object, copied: object, depth: number): object {
    for (const key of Object.keys(value)) {
      // Assigned, it would be no property.
      if (key === '__proto__') this.left = -1
      if (this.left < 0) break
      if (!Array.isArray(value)) this.left -= sizeOf(key)
      Reflect.set(copied, key, this.copy(Reflect.get(value, key), depth + 1))
    }
    return copied
  }

  #keep(value: object, copied: object): object {
    this.#copies ??= new Map()
    this.#copies.set(value, copied)
    return copied
  }
}

/** In bytes, of a value without its parts: rather too much than too little. */
function sizeOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return 16 + 2 * value.length
    case 'bigint':
      return 16 + value.toString(16).length
    case 'function':
    case 'symbol':
      return Infinity
    default:
      return 16
  }
}

/**
 * Cuts out the part of a buffer that a view shows: a post would carry the whole buffer, which of a
 * Node Buffer may be a pool that many share.
 */
export function cut(value: unknown): unknown {
  return isTypedArray(value) && value.byteLength < value.buffer.byteLength
    ? slice.call(value)
    : value
}

/** Of every typed array, and a copy; Node's Buffer has one of its own, which makes none. */
const { slice } = Uint8Array.prototype

function isTypedArray(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && 'length' in value && value.buffer instanceof ArrayBuffer
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

/** All holes. */
function newArray(length: number): unknown[] {
  const array: unknown[] = []
  array.length = length
  return array
}
