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
    const kind = Object.prototype.toString.call(part)
    if (!KNOWN.test(kind)) throw new TypeError(`${kind} stays in its process.`)
    checkParts(partsOf(part), seen)
  }
}

function partsOf(value: object): Iterable<unknown> {
  // Which may be shared memory.
  if (ArrayBuffer.isView(value)) return [value.buffer]
  if (value instanceof Error) return [value.cause]
  // A Map gives its entries, each an array.
  return value instanceof Map || value instanceof Set ? value : Object.values(value)
}
