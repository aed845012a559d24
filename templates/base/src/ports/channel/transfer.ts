/** What an argument or a result takes with it when it is posted, instead of being copied. */
const lists = new WeakMap<object, object[]>()

/**
 * Marks buffers or ports inside `value`, which must itself be an argument or a result, to be moved to the
 * other end rather than copied; here they are empty afterwards. Between pages an ArrayBuffer of any size then crosses without a copy.
 *
 * Not towards the main process or a utility process: there a message with a moved buffer or port in
 * it arrives as `null` (electron/electron#34905). Let buffers be copied. Nor in what these two say: a port of
 * theirs takes other ports beside a message, and none within it.
 *
 * @example jobs.stream.paint(transfer(bytes), options, signal)
 * @example yield transfer({ kind: 'finished', picture }, [picture])
 */
export function transfer<Value extends object>(value: Value, list: object[] = [value]): Value {
  lists.set(value, list)
  return value
}

/** Whether a field takes something with it. */
export function isMoved(field: unknown): boolean {
  return lists.has(field as object)
}

/** The transfer list for a message with these fields. */
export function transferListOf(fields: readonly unknown[]): object[] {
  let list = NONE
  for (const field of fields) {
    const own = lists.get(field as object)
    if (own) list = [...list, ...own]
  }
  return list
}

const NONE: object[] = []
