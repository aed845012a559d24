/** Throws unless both are the same in all that structured clone keeps of a value. */
export function expectEqual(seen: unknown, expected: unknown): void {
  const place = findDifference(seen, expected, '', new Map())
  if (place === undefined) return
  throw new Error(`Expected ${show(expected)}, but saw ${show(seen)}${place && ` (at ${place})`}.`)
}

export function expectTrue(holds: boolean, claim: string): void {
  if (!holds) throw new Error(`It does not hold that ${claim}.`)
}

/**
 * Where two values differ first; undefined when they do not.
 *
 * @param met  What was compared before: a value may be a part of itself.
 */
function findDifference(
  one: unknown,
  other: unknown,
  place: string,
  met: Map<unknown, unknown>,
): string | undefined {
  if (Object.is(one, other)) return undefined
  if (!isObject(one) || !isObject(other) || tagOf(one) !== tagOf(other)) return place
  if (met.has(one)) return met.get(one) === other ? undefined : place
  met.set(one, other)
  if (isBytes(one) && isBytes(other)) return haveSameBytes(one, other) ? undefined : place
  const [parts, others] = [partsOf(one), partsOf(other)]
  if (parts.length !== others.length) return place
  for (const [index, [name, part]] of parts.entries()) {
    const [otherName, otherPart] = others[index] ?? []
    if (name !== otherName) return `${place}.${name}`
    const difference = findDifference(part, otherPart, `${place}.${name}`, met)
    if (difference !== undefined) return difference
  }
  return undefined
}

/** What makes up an object, by name. */
function partsOf(value: object): [name: string, part: unknown][] {
  const parts: [string, unknown][] = Object.entries(value)
  if (Array.isArray(value)) parts.push(['length', value.length])
  if (value instanceof Map) parts.push(['entries', [...value]])
  if (value instanceof Set) parts.push(['values', [...value]])
  if (value instanceof Date) parts.push(['time', value.getTime()])
  if (value instanceof RegExp) parts.push(['pattern', String(value)])
  if (value instanceof Error) {
    const { name, message, cause } = value
    parts.push(['name', name], ['message', message], ['cause', cause])
  }
  return parts
}

function isBytes(value: object): value is ArrayBuffer | ArrayBufferView {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value)
}

function haveSameBytes(...values: (ArrayBuffer | ArrayBufferView)[]): boolean {
  const [one = new Uint8Array(), other = new Uint8Array()] = values.map((value) =>
    ArrayBuffer.isView(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : new Uint8Array(value),
  )
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Such as `[object Map]`. */
function tagOf(value: object): string {
  return Object.prototype.toString.call(value)
}

function show(value: unknown): string {
  const text = (() => {
    try {
      return value instanceof Error ? String(value) : (JSON.stringify(value) ?? String(value))
    } catch {
      return String(value)
    }
  })()
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
