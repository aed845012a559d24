import { isDeepStrictEqual } from 'node:util'
import { sortKeys } from '../graph/names.ts'

export type Json = string | number | boolean | null | Json[] | JsonObject

export interface JsonObject {
  [key: string]: Json
}

const DEPENDENCY_MAPS = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
]

/**
 * Merges objects deeply and lists without repeats.
 *
 * @param wins  Whether the addition may have another value under a key. Unless it may, this throws then: which one
 *   is meant is not ours to guess.
 */
export function mergeJson(base: Json, addition: Json, wins = false, key = ''): Json {
  if (Array.isArray(base) && Array.isArray(addition)) return mergeLists(base, addition)
  if (isJsonObject(base) && isJsonObject(addition)) return mergeObjects(base, addition, wins, key)
  if (wins || isDeepStrictEqual(base, addition)) return addition
  throw new Error(`"${key}" is both ${JSON.stringify(base)} and ${JSON.stringify(addition)}.`)
}

/** Puts `name` first and sorts the dependency maps, as npm does. */
export function arrangePackageJson(manifest: JsonObject, name: string): JsonObject {
  const arranged: JsonObject = { name, ...manifest }
  arranged.name = name
  for (const key of DEPENDENCY_MAPS) {
    const dependencies = arranged[key]
    if (isJsonObject(dependencies)) arranged[key] = sortKeys(dependencies)
  }
  return arranged
}

function mergeLists(base: Json[], addition: Json[]): Json[] {
  const isNew = (item: Json) => !base.some((known) => isDeepStrictEqual(known, item))
  return [...base, ...addition.filter(isNew)]
}

function mergeObjects(
  base: JsonObject,
  addition: JsonObject,
  wins: boolean,
  path: string,
): JsonObject {
  const merged = { ...base }
  for (const [key, value] of Object.entries(addition)) {
    const known = merged[key]
    merged[key] =
      known === undefined ? value : mergeJson(known, value, wins, path ? `${path}.${key}` : key)
  }
  return merged
}

/** True for an object with keys; a list is none. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
