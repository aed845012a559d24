/**
 * Plain data: primitives, and arrays, objects, dates and typed arrays of them. Of plain data alone can
 * be told, before it is posted, how much room it takes, and a copy be made that is sure to be cloned.
 */
export interface PlainCopy {
  readonly values: readonly unknown[]
  /** About how many it takes in a message: rather too many than too few. */
  readonly bytes: number
}

/**
 * In bytes. A post above 64 KiB waits for its reader in shared memory, at two file descriptors. A
 * process that runs out of them loses every later post and port, and hears nothing of it. What is not
 * plain may be as large as that.
 */
export const LARGE_BYTES = 60 * 1024

/** In bytes. A message up to here may wait for others and share a post; a bigger one leaves at once. */
export const SHARED_BYTES = 8 * 1024

/** How many levels of parts in parts are looked at. */
const MAX_DEPTH = 100

/**
 * Copies values as structured clone does: what occurs in them twice is one thing in the copy too. Bytes
 * that are too many to wait are left where they are.
 *
 * @returns undefined when not all of it is plain, or it is large.
 */
export function copyPlain(values: readonly unknown[]): PlainCopy | undefined {
  let bytes = 0
  // Most messages have nothing but primitives, and need no copy.
  for (const value of values) bytes += isObject(value) ? Infinity : sizeOf(value)
  if (bytes <= LARGE_BYTES) return { values, bytes }
  const copier = new Copier(LARGE_BYTES)
  const copies = values.map((value) => copier.copy(value, 0))
  return copier.bytes > LARGE_BYTES ? undefined : { values: copies, bytes: copier.bytes }
}

/**
 * Copies the plain data in a value of any size; what is not plain stays as it is. A proxy, of which reactive state
 * is made, becomes what it stands for: it cannot be cloned itself.
 */
export function copyParts<Value>(value: Value): Value {
  return new Copier(Infinity).copy(value, 0) as Value
}

class Copier {
  /** Above its limit the copy is worth nothing, and is not completed. */
  bytes = 0
  readonly #limit: number
  readonly #copies = new Map<object, object>()

  constructor(limit: number) {
    this.#limit = limit
  }

  copy(value: unknown, depth: number): unknown {
    this.bytes += sizeOf(value)
    if (this.bytes > this.#limit || !isObject(value)) return value
    return this.#copies.get(value) ?? this.#copyObject(value, depth)
  }

  #copyObject(value: object, depth: number): object {
    const isArray = Array.isArray(value)
    if (!isArray && !isPlainObject(value)) return this.#keep(value, copyWhole(value))
    const keys = Object.keys(value)
    // Each part takes as much at least, and the stack may not hold what is deeper. Assigned, a `__proto__` would be none.
    const isOdd = depth === MAX_DEPTH || Object.hasOwn(value, '__proto__')
    if (keys.length > this.#limit / 16 || isOdd) return this.#keep(value, undefined)
    // Reads each part once, for a getter may say something else the second time.
    const copied = isArray ? Object.assign([], value, { length: value.length }) : { ...value }
    this.#keep(value, copied)
    const isList = isArray && keys.length === value.length && keys.at(-1) === `${keys.length - 1}`
    for (const key of keys) {
      if (!isList) this.bytes += sizeOf(key)
      if (this.bytes > this.#limit) break
      this.#copyPart(copied as Record<string, unknown>, key, depth + 1)
    }
    return copied
  }

  #copyPart(copied: Record<string, unknown>, key: string, depth: number): void {
    const part = copied[key]
    const copiedPart = this.copy(part, depth)
    if (copiedPart !== part) copied[key] = copiedPart
  }

  /** Without a copy it is not plain. */
  #keep(value: object, copied: object | undefined): object {
    if (copied) this.#copies.set(value, copied)
    else this.bytes = Infinity
    return copied ?? value
  }
}

/** Of bytes, and of a Date. */
function copyWhole(value: object): object | undefined {
  if (isTypedArray(value)) {
    return value.byteLength > SHARED_BYTES ? cut(value) : slice.call(value)
  }
  return value instanceof Date ? new Date(value) : undefined
}

/** In bytes, of a value without its parts. */
export function sizeOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return 16 + 2 * value.length
    case 'bigint':
      return 16 + value.toString(16).length
    case 'function':
    case 'symbol':
      return Infinity
    case 'object':
      // An array may claim billions of places.
      if (Array.isArray(value)) return value.length > LARGE_BYTES / 16 ? Infinity : 16
      return isTypedArray(value) ? 16 + value.byteLength : 16
    default:
      return 16
  }
}

/**
 * Cuts out the part of a buffer that a view shows: a post would carry the whole buffer, which of a
 * Node Buffer may be a pool that many share.
 */
export function cut<Value>(value: Value): Value | Uint8Array {
  return isTypedArray(value) && value.byteLength < value.buffer.byteLength
    ? slice.call(value)
    : value
}

/** Of every typed array, and a copy; Node's Buffer has one of its own, which makes none. */
const { slice } = Uint8Array.prototype

function isTypedArray(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && 'length' in value && value.buffer instanceof ArrayBuffer
}

export function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
