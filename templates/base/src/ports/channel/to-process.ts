import { kindOf, objectsIn, partsOf } from './parts'

/**
 * What crosses to the main process and to utility processes: what the language itself has. A message
 * with something in it that only pages know, that is moved rather than copied, or that is shared memory, arrives
 * there as `null` (electron/electron#34905).
 */

/** Why something is not sent at either end of a port between such a process and a page. */
export const NOTHING_MOVES =
  'nothing can be moved to or from the main process or a utility process.'

/** As `Object.prototype.toString` names them. */
const KNOWN =
  /^\[object (Object|Array|Map|Set|Date|RegExp|Error|Boolean|Number|String|BigInt|ArrayBuffer|DataView|\w+Array)\]$/

/** @throws TypeError when the message would not arrive. */
export function checkForProcess(message: readonly unknown[], transfer: readonly object[]): void {
  if (transfer.length > 0) throw new TypeError(NOTHING_MOVES)
  for (const part of objectsIn(message, intoCause)) {
    const kind = kindOf(part)
    if (!KNOWN.test(kind)) throw new TypeError(`${kind} stays in its process.`)
  }
}

/** Of an error nothing else crosses as it is. */
function intoCause(object: object): Iterable<unknown> {
  return object instanceof Error ? [object.cause] : partsOf(object)
}
