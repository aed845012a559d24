import { diff3Merge } from 'node-diff3'

/** What became of a file that both sides have changed. */
export interface Merged {
  text: string
  /** What could not be brought together, one half of a sentence each. */
  conflicts: string[]
}

/** How the three sides are called in the markers of a conflict. */
const YOURS = '<<<<<<< yours'
const BEFORE = '||||||| the template before'
const NOW = '>>>>>>> the template now'

/** Lines that both sides have changed, or that lie beside each other: `a` is ours, `o` the base, `b` theirs. */
interface Clash {
  a: string[]
  o: string[]
  b: string[]
}

/**
 * Merges line by line what changed from `base` to `ours` and from `base` to `theirs`. Where both changed
 * the same lines differently, all three are there, between the markers of diff3.
 */
export function mergeText(ours: string, base: string, theirs: string): Merged {
  let hasConflict = false
  const parts = diff3Merge(linesOf(ours), linesOf(base), linesOf(theirs))
  const lines = parts.flatMap(({ ok, conflict }) => {
    if (!conflict) return ok ?? []
    const settled = settle(conflict)
    hasConflict ||= settled === undefined
    return settled ?? withMarkers(conflict)
  })
  return {
    text: inLineEndsOf(ours, endsWithLine(ours, base, theirs) ? [...lines, ''] : lines),
    conflicts: hasConflict
      ? ['you and the template changed the same lines: look for "<<<<<<<"']
      : [],
  }
}

/** What ends the last line is no line: a marker could stand there, and nothing behind it. */
function linesOf(text: string): string[] {
  return text === '' ? [] : splitLines(text.replace(/\r?\n$/, ''))
}

function endsWithLine(...texts: [ours: string, base: string, theirs: string]): boolean {
  const [ours, base, theirs] = texts.map((text) => text.endsWith('\n')) as [
    boolean,
    boolean,
    boolean,
  ]
  return ours === base ? theirs : ours
}

/** Where one side only took lines away, and the other only added some before and behind, that is no conflict. */
function settle({ a, o, b }: Clash): string[] | undefined {
  if (a.length === 0) return without(o, b)
  return b.length === 0 ? without(o, a) : undefined
}

/** `lines` without those of `block`; undefined when they are not there as they were, one after the other. */
function without(block: string[], lines: string[]): string[] | undefined {
  const start = lines.findIndex((_, at) => block.every((line, index) => lines[at + index] === line))
  return start < 0 ? undefined : lines.toSpliced(start, block.length)
}

function withMarkers({ a, o, b }: Clash): string[] {
  return [YOURS, ...a, BEFORE, ...o, '=======', ...b, NOW]
}

/** True for a text with a conflict in it that nobody has settled yet. */
export function hasMarkers(text: string): boolean {
  return splitLines(text).includes(YOURS)
}

/** `lines` as a text, with line ends as most of `model` has. */
export function inLineEndsOf(model: string, lines: string[]): string {
  const all = model.split('\n').length - 1
  const withReturn = model.split('\r\n').length - 1
  return lines.join(withReturn * 2 > all ? '\r\n' : '\n')
}

/** The lines of a text, however they end. */
export function splitLines(text: string): string[] {
  return text.split(/\r?\n/)
}
