import { isObject } from './plain'

/**
 * Every object in `values`, each once, in an order that is the same in a copy of them.
 *
 * @param into  What to look at in an object.
 */
export function objectsIn(
  values: readonly unknown[],
  into: (object: object) => Iterable<unknown> = partsOf,
): Set<object> {
  const objects = new Set<object>([values])
  // More of them are added on the way.
  for (const object of objects) {
    for (const part of into(object)) if (isObject(part)) objects.add(part)
  }
  return objects
}

/** All that is looked at in an object: of a view its buffer, and of a Map its entries, each an array. */
export function partsOf(value: object): Iterable<unknown> {
  if (ArrayBuffer.isView(value)) return [value.buffer]
  // As an object, a text has every letter for a part.
  if (kindOf(value) === '[object String]') return [String(value)]
  return value instanceof Map || value instanceof Set ? value : Object.values(value)
}

/** As `[object Map]`. */
export function kindOf(value: object): string {
  return Object.prototype.toString.call(value)
}
