import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type Json, type JsonObject } from '../render/merge-json.ts'
import { type Merged, inLineEndsOf } from './merge-text.ts'

/**
 * Merges a package.json key by key: its order and its commas are nobody's change. Where both sides changed
 * a key, that of the user stays, and the conflict names both, for JSON has no room for markers.
 *
 * Throws a SyntaxError when one of the texts is no JSON.
 */
export function mergeManifest(ours: string, base: string, theirs: string): Merged {
  const conflicts: string[] = []
  const [mine, before, now] = [ours, base, theirs].map((text): Json => JSON.parse(text))
  const merged = mergeValue([], mine, before, now, conflicts)
  if (isDeepStrictEqual(merged, mine)) return { text: ours, conflicts }
  const lines = JSON.stringify(merged, null, indentOf(ours)).split('\n')
  return { text: inLineEndsOf(ours, ours.endsWith('\n') ? [...lines, ''] : lines), conflicts }
}

/** `undefined` where a side lacks the key. */
type Side = Json | undefined

function mergeValue(
  path: string[],
  ours: Side,
  base: Side,
  theirs: Side,
  conflicts: string[],
): Side {
  if (isDeepStrictEqual(theirs, base) || isDeepStrictEqual(theirs, ours)) return ours
  if (isDeepStrictEqual(ours, base)) return theirs
  if (isJsonObject(ours) && isJsonObject(theirs)) {
    return mergeKeys(path, ours, isJsonObject(base) ? base : {}, theirs, conflicts)
  }
  conflicts.push(
    `"${path.join('.')}" is ${inWords(ours)} here and ${inWords(theirs)} in the template`,
  )
  return ours
}

function mergeKeys(
  path: string[],
  ours: JsonObject,
  base: JsonObject,
  theirs: JsonObject,
  conflicts: string[],
): JsonObject {
  const merged: JsonObject = {}
  for (const key of arrangeKeys(Object.keys(ours), Object.keys(theirs))) {
    const value = mergeValue([...path, key], ours[key], base[key], theirs[key], conflicts)
    if (value !== undefined) merged[key] = value
  }
  return merged
}

/** Keys that are sorted stay so, such as dependencies; among others a new one follows the one it follows in `theirs`. */
function arrangeKeys(ours: string[], theirs: string[]): string[] {
  const arranged = [...ours]
  for (const [index, key] of theirs.entries()) {
    if (arranged.includes(key)) continue
    arranged.splice(arranged.indexOf(theirs[index - 1] ?? '') + 1, 0, key)
  }
  return isSorted(ours) && isSorted(theirs) ? arranged.toSorted() : arranged
}

function isSorted(keys: string[]): boolean {
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key)
}

function inWords(value: Side): string {
  return value === undefined ? 'gone' : JSON.stringify(value)
}

/** The indentation of the user's own file. */
function indentOf(text: string): string {
  return /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  '
}
