import { isSameContent } from '../disk/same-content.ts'
import { type FileChange, mergeFile } from './merge-file.ts'
import { findRenames } from './renames.ts'

/** The contents of files by their paths. */
export type Contents = ReadonlyMap<string, Buffer>

/** The files of a user's project. */
export interface UserFiles {
  /** Reads one; undefined when there is none. */
  read(path: string): Buffer | undefined
  /** Where a file may be that the user has moved: of several places none is certain. */
  locate(path: string, content: Buffer): string[]
}

/** A file of the template, as it is called and as it is; before and now. */
interface Lineage {
  from?: string | undefined
  base?: Buffer | undefined
  to?: string | undefined
  theirs?: Buffer | undefined
}

/**
 * Decides what becomes of every file of a project when its template goes from `base` to `theirs`:
 *
 *         choices before ── render ──▶ base ─┐
 *   the user's files ───────────────── ours ─┼─▶ changes
 *         choices after ─── render ──▶ theirs┘
 *
 * @returns the changes, sorted by path. Files about which there is nothing to do are not among them.
 */
export function mergeProject(base: Contents, theirs: Contents, ours: UserFiles): FileChange[] {
  return listLineages(base, theirs)
    .flatMap((lineage) => mergeLineage(lineage, ours))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
}

/** What the template leaves as it was is not among them, nor even looked at. */
function listLineages(base: Contents, theirs: Contents): Lineage[] {
  const renames = findRenames(base, theirs)
  const renamed = new Set(renames.values())
  const before = [...base].map(([from, content]): Lineage => {
    const to = renames.get(from) ?? from
    return { from, base: content, to, theirs: theirs.get(to) }
  })
  const fresh = [...theirs].filter(([path]) => !base.has(path) && !renamed.has(path))
  return [
    ...before.filter((each) => each.from !== each.to || !isSameContent(each.base, each.theirs)),
    ...fresh.map(([to, content]): Lineage => ({ to, theirs: content })),
  ]
}

function mergeLineage(lineage: Lineage, ours: UserFiles): FileChange[] {
  const { from, base, to = '', theirs } = lineage
  const isRenamed = from !== undefined && from !== to
  // A file of the user's own is where that of the template goes.
  if (isRenamed && ours.read(from) && ours.read(to)) {
    return [
      { from, base, to: from },
      { to, theirs },
    ].flatMap((part) => mergeLineage(part, ours))
  }
  const places = findPlaces(lineage, ours)
  const [place] = places
  if (place === undefined || places.length > 1) return mergeMissing(to, lineage, places)
  const content = ours.read(place)
  const change = mergeFile(place === from ? to : place, { base, theirs, ours: content })
  if (isRenamed && place === from) return [follow(to, from, content, change)]
  return change ? [{ ...change, ...(place !== to && { from }) }] : []
}

/** Where the user has the file: at either of its places, or at another. */
function findPlaces({ from, base, to, theirs }: Lineage, ours: UserFiles): string[] {
  const known = [to, from].find((path) => path !== undefined && ours.read(path))
  if (known !== undefined) return [known]
  return from !== undefined && base && theirs ? ours.locate(from, base) : []
}

/** A file that the user has not, or of which it is not certain where. */
function mergeMissing(path: string, { base, theirs }: Lineage, places: string[]): FileChange[] {
  const change = mergeFile(path, { base, theirs })
  if (!change || places.length === 0) return change ? [change] : []
  const question = `it may be ${places.join(' or ')} by now, where what the template changed is not`
  return [{ ...change, conflicts: [question] }]
}

/** What is the user's goes along with a file that is called otherwise from now on. */
function follow(
  path: string,
  from: string,
  ours: Buffer | undefined,
  change: FileChange = { path, outcome: 'replaced', conflicts: [] },
): FileChange {
  return { ...change, from, ...(ours && { content: change.content ?? ours }) }
}
