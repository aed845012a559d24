/**
 * Changes of a text, and how those that were made at the same time are brought into one order: operational
 * transformation, in the form of ot.js. Wherever two replicas begin, they end with the same text.
 */

/**
 * A change, read from the beginning of the text: a positive number keeps so many characters, a negative one removes so
 * many, a string is inserted. What is left of the text is kept.
 */
export type Change = (number | string)[]

/** The most parts of a change: a user's has three. */
const MAX_PARTS = 1000

/** Whether `value` is a change: who sends one can send anything. */
export function isChange(value: unknown): value is Change {
  return Array.isArray(value) && value.length <= MAX_PARTS && value.every(isPart)
}

function isPart(part: unknown): boolean {
  return typeof part === 'string' ? part !== '' : Number.isSafeInteger(part) && part !== 0
}

/** How long a text must be, in characters, for that change to fit. */
export function lengthFor(change: Change): number {
  return change.reduce<number>((sum, part) => sum + (isInsert(part) ? 0 : Math.abs(part)), 0)
}

export function apply(text: string, change: Change): string {
  let at = 0
  let result = ''
  for (const part of change) {
    if (isInsert(part)) result += part
    else {
      if (part > 0) result += text.slice(at, at + part)
      at += Math.abs(part)
    }
  }
  return result + text.slice(at)
}

/** What takes a change back that was made to `text`. */
export function invert(text: string, change: Change): Change {
  let at = 0
  return change.map((part) => {
    if (isInsert(part)) return -part.length
    const from = at
    at += Math.abs(part)
    return part > 0 ? part : text.slice(from, at)
  })
}

/**
 * A change as it is for the text that `other` has made, where both were made to one text.
 *
 * @param goesFirst  Whether its insertions come before those of the other at the same place.
 */
export function transform(change: Change, other: Change, goesFirst: boolean): Change {
  const result: Change = []
  const [mine, theirs] = [new Parts(change), new Parts(other)]
  while (mine.part !== undefined) {
    if (isInsert(mine.part) && (goesFirst || !isInsert(theirs.part))) {
      result.push(mine.part)
      mine.take(mine.part.length)
    } else if (isInsert(theirs.part)) {
      add(result, theirs.part.length)
      theirs.take(theirs.part.length)
    } else {
      const length = Math.min(mine.length, theirs.length)
      const isThere = (theirs.part ?? 1) > 0
      if (isThere) add(result, Math.sign(mine.part as number) * length)
      mine.take(length)
      theirs.take(length)
    }
  }
  return result
}

/**
 * Takes a list of changes, each made after the one before it, past one that was made beside the first: gives both as they
 * are after the other. At the same place the other's insertions come first.
 */
export function cross(list: Change[], other: Change): { list: Change[]; other: Change } {
  let passed = other
  const crossed = list.map((change) => {
    const moved = transform(change, passed, false)
    passed = transform(passed, change, true)
    return moved
  })
  return { list: crossed, other: passed }
}

/** Where a place in the text is after a change. One at an insertion goes behind it if the change `pushes`. */
export function follow(place: number, change: Change, pushes = false): number {
  let at = 0
  for (const part of change) {
    if (at > place) break
    if (isInsert(part)) {
      if (at === place && !pushes) break
      at += part.length
      place += part.length
    } else if (part > 0) at += part
    else place = Math.max(at, place + part)
  }
  return place
}

/** The change that turns one text into another: what differs between a common beginning and a common end. */
export function changeBetween(before: string, after: string): Change {
  if (before === after) return []
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head]) head += 1
  if (isPair(before, head) || isPair(after, head)) head -= 1
  let tail = 0
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  if (isPair(before, before.length - tail) || isPair(after, after.length - tail)) tail -= 1
  const parts = [head, head + tail - before.length, after.slice(head, after.length - tail)]
  return parts.filter(Boolean)
}

/** Whether `at` is between the two halves of a character, such as those of an emoji. */
function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff
}

function isInsert(part: Change[number] | undefined): part is string {
  return typeof part === 'string'
}

/** Adds to the number at the end of a change, where both keep or both remove. */
function add(change: Change, length: number): void {
  const last = change.at(-1) ?? 0
  if (isInsert(last) || last * length <= 0) change.push(length)
  else change[change.length - 1] = last + length
}

/** Reads a change in pieces of any length. At its end all is kept. */
class Parts {
  readonly #parts: Change
  #index = 0
  /** What is left of the part that is read. */
  part: Change[number] | undefined

  constructor(parts: Change) {
    this.#parts = parts
    this.part = parts[0]
  }

  get length(): number {
    if (this.part === undefined) return Infinity
    return isInsert(this.part) ? this.part.length : Math.abs(this.part)
  }

  take(length: number): void {
    if (this.part === undefined) return
    if (isInsert(this.part) || length === this.length) this.part = this.#parts[++this.#index]
    else this.part -= Math.sign(this.part) * length
  }
}
