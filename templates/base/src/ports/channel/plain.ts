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

/** Deeper than this, the stack may not hold. */
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
  const copier = new Copier()
  const copies = values.map((value) => copier.copy(value, 0))
  return copier.bytes > LARGE_BYTES ? undefined : { values: copies, bytes: copier.bytes }
}

/** Looks at everything once, for a getter may say something else the second time. */
class Copier {
  /** Above what is large the copy is worth nothing, and is not completed. */
  bytes = 0
  readonly #copies = new Map<object, object>()

  copy(value: unknown, depth: number): unknown {
    this.bytes += sizeOf(value)
    if (this.bytes > LARGE_BYTES || !isObject(value)) return value
    return this.#copies.get(value) ?? this.#copyObject(value, depth)
  }

  #copyObject(value: object, depth: number): object {
    const copied = depth < MAX_DEPTH ? copyWithParts(value) : undefined
    if (!copied) this.bytes = Infinity
    if (!copied || this.bytes > LARGE_BYTES) return value
    this.#copies.set(value, copied)
    const isArray = Array.isArray(value)
    if (!isArray && !isPlainObject(value)) return copied
    for (const key of Object.keys(value)) {
      // Assigned, `__proto__` would be no property.
      if (key === '__proto__') this.bytes = Infinity
      if (!isArray) this.bytes += sizeOf(key)
      if (this.bytes > LARGE_BYTES) break
      const part = copied[key]
      const copiedPart = this.copy(part, depth + 1)
      if (copiedPart !== part) copied[key] = copiedPart
    }
    return copied
  }
}

/** Its parts are those of the value, each looked at once. Undefined when it is not plain. */
function copyWithParts(value: object): Record<string, unknown> | undefined {
  if (isPlainObject(value)) return { ...value }
  let copied: object | undefined
  if (Array.isArray(value)) copied = Object.assign([], value, { length: value.length })
  else if (isTypedArray(value))
    copied = value.byteLength > SHARED_BYTES ? cut(value) : slice.call(value)
  else if (value instanceof Date) copied = new Date(value)
  return copied as Record<string, unknown> | undefined
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

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
