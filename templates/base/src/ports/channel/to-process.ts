import { isObject } from './plain'

/**
 * What crosses to the main process and to utility processes: what the language itself has. A message
 * with something in it that only pages know, that is moved rather than copied, or that is shared memory, arrives
 * there as `null` (electron/electron#34905).
 */

/** As `Object.prototype.toString` names them. */
const KNOWN =
  /^\[object (Object|Array|Map|Set|Date|RegExp|Error|Boolean|Number|String|BigInt|ArrayBuffer|DataView|\w+Array)\]$/

/** @throws TypeError when the message would not arrive. */
export function checkForProcess(message: readonly unknown[], transfer: readonly object[]): void {
  if (transfer.length > 0) {
    throw new TypeError('nothing can be moved to the main process or a utility process.')
  }
  checkParts(message, new Set())
}

function checkParts(parts: Iterable<unknown>, seen: Set<unknown>): void {
  for (const part of parts) {
    if (!isObject(part) || seen.has(part)) continue
    seen.add(part)
    const kind = kindOf(part)
    if (!KNOWN.test(kind)) throw new TypeError(`${kind} stays in its process.`)
    checkParts(part instanceof Error ? [part.cause] : partsOf(part), seen)
  }
}

/** All that is looked at in an object: of a view its buffer, and of a Map its entries, each an array. */
export function partsOf(value: object): Iterable<unknown> {
  if (ArrayBuffer.isView(value)) return [value.buffer]
  // As an object, a text has every letter for a part.
  if (kindOf(value) === '[object String]') return [String(value)]
  return value instanceof Map || value instanceof Set ? value : Object.values(value)
}

function kindOf(value: object): string {
  return Object.prototype.toString.call(value)
}
