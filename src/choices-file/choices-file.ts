import * as v from 'valibot'
import { version as current } from '../../package.json'
import { findNearest } from '../command-line/nearest.ts'
import { FailedError, messageOf } from '../errors.ts'
import { sortKeys } from '../graph/names.ts'
import type { AppChoices } from '../render/plan.ts'
import { findRepeatedKey } from './repeated-key.ts'
import { type ChoicesFile, choicesSchema } from './schema.ts'
import { isLater } from './versions.ts'

/** Where a project keeps its choices. */
export const CHOICES_FILE = 'electron-ports.json'

/** What a project of these choices says of itself, sorted. */
export function toChoicesFile(
  name: string,
  app: AppChoices,
  version: string,
  usesYarn = false,
): ChoicesFile {
  const { topologies, demos, features, ui, own } = app
  return {
    version,
    name,
    ...(usesYarn && { packageManager: 'yarn' as const }),
    topologies: [...topologies].toSorted(),
    demos,
    features: [...features].toSorted(),
    ui,
    nodes: sortKeys(own.nodes),
    links: sortKeys(own.links),
  }
}

/** Writes choices as they are read by people. */
export function formatChoices(choices: ChoicesFile): string {
  return `${JSON.stringify(choices, null, 2)}\n`
}

/**
 * Reads the text of a choices file.
 *
 * @param path  How messages call it.
 * Throws a FailedError that names the first wrong value, or the command that is new enough for it.
 */
export function parseChoices(text: string, path: string): ChoicesFile {
  const value = parseJson(text, path)
  refuseRepeated(text, path)
  refuseNewer(value, path)
  const result = v.safeParse(choicesSchema, value)
  if (result.success) return result.output
  throw new FailedError(`"${path}" is not as it should be: ${describeIssue(result.issues[0])}`)
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new FailedError(
      `"${path}" is no JSON: ${messageOf(error)}. Mend it, or take it from git.`,
    )
  }
}

function refuseRepeated(text: string, path: string): void {
  const key = findRepeatedKey(text)
  if (key === undefined) return
  throw new FailedError(`"${path}" has "${key}" twice. Take one of the two away.`)
}

/** First of all, for what else is in it may be known to that version alone. */
function refuseNewer(value: unknown, path: string): void {
  const { version } = Object(value)
  if (!v.is(choicesSchema.entries.version, version) || !isLater(version, current)) return
  throw new FailedError(
    `"${path}" is of version ${version}, which is newer than this command (${current}). Run that one, with the same words: npx create-electron-ports@${version}`,
  )
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue)
  const what = place === null ? 'it' : `"${place}"`
  if (issue.expected === 'never') return `${what} is unknown${hint(place ?? '')}`
  if (issue.received === 'undefined') return `${what} is missing.`
  if (issue.kind === 'validation') return `${what} is ${issue.message}.`
  return `${what} is ${issue.received}, and should be ${issue.expected}.`
}

function hint(place: string): string {
  const nearest = findNearest(place.split('.').at(-1) ?? '', KEYS)
  return nearest ? `. Did you mean "${nearest}"?` : '.'
}

const KEYS = [...Object.keys(choicesSchema.entries), 'kind', 'many', 'from', 'to']
