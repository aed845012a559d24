import { isSameContent } from '../disk/same-content.ts'
import { type FileChange, mergeFile } from './merge-file.ts'

/** The contents of files by their paths. */
export type Contents = ReadonlyMap<string, Buffer>

/**
 * Decides what becomes of every file of a project when its template goes from `base` to `theirs`:
 *
 *         choices before ── render ──▶ base ─┐
 *   the user's files ───────────────── ours ─┼─▶ changes
 *         choices after ─── render ──▶ theirs┘
 *
 * @param readOurs  Reads a file of the user's that the template changes; undefined when there is none.
 * @returns the changes, sorted by path. Files about which there is nothing to do are not among them.
 */
export function mergeProject(
  base: Contents,
  theirs: Contents,
  readOurs: (path: string) => Buffer | undefined,
): FileChange[] {
  const paths = new Set([...base.keys(), ...theirs.keys()])
  return [...paths].toSorted().flatMap((path) => {
    const sides = { base: base.get(path), theirs: theirs.get(path) }
    // What the template leaves as it was is not even looked at.
    if (isSameContent(sides.base, sides.theirs)) return []
    return mergeFile(path, { ...sides, ours: readOurs(path) }) ?? []
  })
}
