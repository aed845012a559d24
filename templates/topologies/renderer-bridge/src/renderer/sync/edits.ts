/** A text that is kept in two windows: the differences, as they cross the port. */
import type { Edit } from '../../contracts/document'

/**
 * In characters of at most two bytes. So no message is near 64 KiB, above which it would cost two file
 * descriptors until it is read.
 */
const PART_LENGTH = 16_384

/** Cuts a text into parts; an empty one has one, which is empty. */
export function* partsOf(text: string): Generator<string, void> {
  let at = 0
  do {
    yield text.slice(at, at + PART_LENGTH)
    at += PART_LENGTH
  } while (at < text.length)
}

/** Replaces `removed` characters at the place `at`, by as many edits as it takes. */
export function* replace(at: number, removed: number, text: string): Generator<Edit, void> {
  let place = at
  for (const inserted of partsOf(text)) {
    yield { at: place, removed: place === at ? removed : 0, inserted }
    place += inserted.length
  }
}

/** The edits that turn one text into another: none when they are equal. */
export function editsBetween(before: string, after: string): Iterable<Edit> {
  if (before === after) return []
  const { head, tail } = unchanged(before, after)
  return replace(head, before.length - head - tail, after.slice(head, after.length - tail))
}

export function apply(text: string, { at, removed, inserted }: Edit): string {
  return text.slice(0, at) + inserted + text.slice(at + removed)
}

/** How much is the same in both at the beginning, and how much at the end. */
export function unchanged<Part>(
  before: ArrayLike<Part>,
  after: ArrayLike<Part>,
  isSame = (one: Part | undefined, other: Part | undefined) => one === other,
): { head: number; tail: number } {
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && isSame(before[head], after[head])) head += 1
  let tail = 0
  const isSameAtEnd = () => isSame(before[before.length - 1 - tail], after[after.length - 1 - tail])
  while (tail < most - head && isSameAtEnd()) tail += 1
  return { head, tail }
}
