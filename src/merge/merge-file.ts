import { isSameContent, isText } from '../disk/same-content.ts'
import { messageOf } from '../errors.ts'
import { mergeManifest } from './merge-manifest.ts'
import { type Merged, inLineEndsOf, mergeText, splitLines } from './merge-text.ts'

/**
 * What becomes of a file of the user's, when the template goes from one state to another:
 *
 * - `new`        the template has it now, and the user had none
 * - `replaced`   the user left it as it was, so it is as the template has it now
 * - `merged`     both changed it, each in other places
 * - `conflict`   both changed it, in the same places
 * - `removed`    the user left it as it was, and the template has it no more
 * - `kept`       the template has it no more, and the user has changed it: it stays
 * - `deleted`    the template changed it, and the user has deleted it: it stays away
 */
export type Outcome = 'new' | 'replaced' | 'merged' | 'conflict' | 'removed' | 'kept' | 'deleted'

/** What is to be done about one file. */
export interface FileChange {
  path: string
  /** What the template called it before, where that is another path: what is there goes. */
  from?: string | undefined
  outcome: Outcome
  /** What is to be written; undefined when nothing is. */
  content?: Buffer
  /** What the user has to settle, one half of a sentence each. */
  conflicts: string[]
}

/** One file, as the old choices render it, as the new ones do, and as the user has it; each may be missing. */
export interface Sides {
  base?: Buffer | undefined
  theirs?: Buffer | undefined
  ours?: Buffer | undefined
}

/** Decides about one file that the template changes. Returns undefined when there is nothing to do, and nothing to say. */
export function mergeFile(path: string, { base, theirs, ours }: Sides): FileChange | undefined {
  if (isSameContent(ours, theirs)) return undefined
  if (!theirs) return ours && dropFile(path, isSameContent(ours, base))
  if (!ours) return base ? decide(path, 'deleted') : decide(path, 'new', theirs)
  if (isSameContent(ours, base)) return decide(path, 'replaced', withLineEndsOf(ours, theirs))
  return mergeBoth(path, ours, base ?? Buffer.alloc(0), theirs)
}

function dropFile(path: string, isUntouched: boolean): FileChange {
  return decide(path, isUntouched ? 'removed' : 'kept')
}

function withLineEndsOf(ours: Buffer, theirs: Buffer): Buffer {
  if (!isText(ours) || !isText(theirs)) return theirs
  return Buffer.from(inLineEndsOf(String(ours), splitLines(String(theirs))))
}

function mergeBoth(path: string, ours: Buffer, base: Buffer, theirs: Buffer): FileChange {
  if (![ours, base, theirs].every(isText)) {
    return decide(path, 'conflict', undefined, ['it is no text, so yours was left as it is'])
  }
  const { text, conflicts } = mergeTexts(path, String(ours), String(base), String(theirs))
  return decide(path, conflicts.length > 0 ? 'conflict' : 'merged', Buffer.from(text), conflicts)
}

function mergeTexts(path: string, ours: string, base: string, theirs: string): Merged {
  if (path !== 'package.json') return mergeText(ours, base, theirs)
  try {
    return mergeManifest(ours, base, theirs)
  } catch (error) {
    return {
      text: ours,
      conflicts: [`yours is no JSON, and was left as it is: ${messageOf(error)}`],
    }
  }
}

function decide(
  path: string,
  outcome: Outcome,
  content?: Buffer,
  conflicts: string[] = [],
): FileChange {
  return { path, outcome, conflicts, ...(content && { content }) }
}
