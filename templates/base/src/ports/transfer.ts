/** What an argument or a result takes with it when it is posted, instead of being copied. */
const lists = new WeakMap<object, object[]>()

/**
 * Marks buffers or ports inside `value` to be moved to the other end rather than copied; here they
 * are empty afterwards. Between pages an ArrayBuffer of any size then crosses without a copy.
 *
 * Towards the main process or a utility process only ports can be transferred: a buffer would make
 * the whole message arrive as `null` (electron/electron#34905), so copy it there.
 *
 * @example jobs.stream.paint(transfer(bytes), options, signal)
 * @example yield transfer({ kind: 'finished', picture }, [picture])
 */
export function transfer<Value extends object>(value: Value, list: object[] = [value]): Value {
  lists.set(value, list)
  return value
}

/** The transfer list for a message made of `values`. */
export function transferListOf(values: unknown[]): object[] {
  return values.flatMap((value) => (isObject(value) ? (lists.get(value) ?? []) : []))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
