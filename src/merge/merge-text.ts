import { mergeDiff3 } from 'node-diff3'

/** What became of a file that both sides have changed. */
export interface Merged {
  text: string
  /** What could not be brought together, one half of a sentence each. */
  conflicts: string[]
}

/** How the three sides are called in the markers of a conflict. */
const LABELS = { a: 'yours', o: 'the template before', b: 'the template now' }

/**
 * Merges line by line what changed from `base` to `ours` and from `base` to `theirs`. Where both changed
 * the same lines differently, all three are there, between the markers of diff3.
 */
export function mergeText(ours: string, base: string, theirs: string): Merged {
  const [mine, before, now] = [ours, base, theirs].map(splitLines) as [string[], string[], string[]]
  const { conflict, result } = mergeDiff3<string>(mine, before, now, { label: LABELS })
  return {
    text: inLineEndsOf(ours, result),
    conflicts: conflict ? ['you and the template changed the same lines: look for "<<<<<<<"'] : [],
  }
}

/** True for a text with a conflict in it that nobody has settled yet. */
export function hasMarkers(text: string): boolean {
  return splitLines(text).includes(`<<<<<<< ${LABELS.a}`)
}

/** `lines` as a text, with line ends as most of `model` has. */
export function inLineEndsOf(model: string, lines: string[]): string {
  const all = model.split('\n').length - 1
  const withReturn = model.split('\r\n').length - 1
  return lines.join(withReturn * 2 > all ? '\r\n' : '\n')
}

function splitLines(text: string): string[] {
  return text.split(/\r?\n/)
}
