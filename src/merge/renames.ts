import { posix } from 'node:path'
import { isSameContent, isText } from '../disk/same-content.ts'
import type { Contents } from './merge-project.ts'
import { splitLines } from './merge-text.ts'

/** As much of the lines of two files must be the same for one to be made of the other. */
const LEAST_IN_COMMON = 0.7

/** The files that are called otherwise in `theirs` than in `base`, by their old paths: the same first, then those alike. */
export function findRenames(base: Contents, theirs: Contents): Map<string, string> {
  const gone = [...base].filter(([path]) => !theirs.has(path))
  const fresh = new Map([...theirs].filter(([path]) => !base.has(path)))
  const renames = new Map<string, string>()
  for (const isMatch of [isSameContent, isAlike]) {
    for (const [from, before] of gone) {
      if (renames.has(from)) continue
      const [to] =
        [...fresh].find(([path, now]) => isOfKind(from, path) && isMatch(before, now)) ?? []
      if (to === undefined) continue
      renames.set(from, to)
      fresh.delete(to)
    }
  }
  return renames
}

function isOfKind(one: string, other: string): boolean {
  return posix.extname(one) === posix.extname(other)
}

/** True for files of which one is the other, or was made of it by a few changes. */
export function isAlike(one: Buffer, other: Buffer): boolean {
  if (isSameContent(one, other)) return true
  return (
    isText(one) && isText(other) && shareInCommon(String(one), String(other)) >= LEAST_IN_COMMON
  )
}

/** True when a text has more in common with `one` than with `other`. */
export function isNearer(text: Buffer, one: Buffer, other: Buffer): boolean {
  const [mine, first, second] = [text, one, other].map(String) as [string, string, string]
  return shareInCommon(mine, first) > shareInCommon(mine, second)
}

/** Of the longer of the two, wherever its lines are. Empty ones are everywhere, and do not count. */
function shareInCommon(one: string, other: string): number {
  const [mine, others] = [one, other].map(linesOf) as [string[], string[]]
  const left = new Map<string, number>()
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1)
  const common = mine.filter((line) => {
    const count = left.get(line) ?? 0
    left.set(line, count - 1)
    return count > 0
  })
  return common.length / Math.max(mine.length, others.length, 1)
}

function linesOf(text: string): string[] {
  return splitLines(text).filter((line) => line.trim() !== '')
}
