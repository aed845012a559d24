import { styleText } from 'node:util'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { KnownProject } from '../grow/read-project.ts'
import type { FileChange, Outcome } from '../merge/merge-file.ts'
import { type AppChoices, listFlags } from '../render/plan.ts'
import { toPrintable } from '../terminal/printable.ts'
import { indent } from '../terminal/terminal.ts'
import type { FirstFiles } from './first-files.ts'

/** What came of a change of a project's choices. */
export interface Growth {
  project: KnownProject
  after: AppChoices
  catalogue: Catalogue
  changes: FileChange[]
  /** What the user should know beside: one sentence each. */
  notes: string[]
  isDryRun: boolean
  /** Where the old files are, relative to the project. */
  backup: string | undefined
  /** The lines that change, where they are asked for. */
  patches: string[]
  /** Where to type first in what is new. */
  first: FirstFiles[]
}

/** What each outcome is called, and in which order they are told: what asks for the user comes last. */
const WORDS: [outcome: Outcome, word: string][] = [
  ['new', 'new'],
  ['replaced', 'replaced'],
  ['merged', 'merged'],
  ['removed', 'removed'],
  ['kept', 'kept, for you changed it'],
  ['deleted', 'left away, for you deleted it'],
  ['conflict', 'conflict'],
]

const LONGEST_LIST = 12

/** True when the user has to settle something. */
export function hasConflict(changes: FileChange[]): boolean {
  return changes.some(({ outcome }) => outcome === 'conflict')
}

/** What is there now, what to settle, and where to type first. */
export function describeGrowth(growth: Growth): string {
  const { changes, notes, isDryRun, backup, patches } = growth
  if (changes.length === 0) return 'Nothing changes: the project is as its choices render it.'
  const lines = WORDS.flatMap(([outcome, word]) => {
    const found = changes.filter((change) => change.outcome === outcome)
    const shown = outcome === 'new' ? found.slice(0, LONGEST_LIST) : found
    return [
      ...shown.flatMap((change) => describeChange(change, word)),
      ...(shown.length < found.length ? [`and ${found.length - shown.length} more new ones`] : []),
    ]
  })
  return [
    isDryRun ? styleText('yellow', 'Would change:') : styleText('green', 'Changed:'),
    ...lines.map(indent),
    ...(patches.length > 0 ? ['', ...patches] : []),
    ...(backup ? ['', `The files as they were are in ${backup}/.`] : []),
    ...(notes.length > 0 ? ['', ...notes.map(toPrintable)] : []),
    ...describeNext(growth),
  ].join('\n')
}

function describeChange({ path, from, conflicts }: FileChange, word: string): string[] {
  const before = from === undefined ? '' : ` (${from} before)`
  return [
    toPrintable(`${path}: ${word}${before}`),
    ...conflicts.map((each) => indent(toPrintable(each))),
  ]
}

function describeFirst({ what, name, files }: FirstFiles): string[] {
  const longest = Math.max(...files.map(({ path }) => path.length))
  const rows = files.map(({ path, holds }) => `${path.padEnd(longest)}  ${holds}`)
  return [`Write your own for the ${what} "${name}":`, ...rows.map(indent)]
}

function describeNext({ changes, first }: Growth): string[] {
  const next = [
    ...(hasConflict(changes) ? ['Settle the conflicts, and check the types.'] : []),
    ...(changes.some(({ path, content }) => path === 'package.json' && content)
      ? ['Install the dependencies again.']
      : []),
    ...first.flatMap(describeFirst),
  ]
  return next.length > 0 ? ['', 'Next:', ...next.map(indent)] : []
}

/** The same for a program. */
export function growthToJson({
  project,
  after,
  catalogue,
  changes,
  notes,
  isDryRun,
  backup,
  first,
}: Growth): object {
  return {
    success: !hasConflict(changes),
    dryRun: isDryRun,
    path: project.folder,
    from: project.version,
    choices: listFlags(after, catalogue),
    files: changes.map(({ path, from, outcome, conflicts }) => ({
      path,
      ...(from !== undefined && { from }),
      outcome,
      conflicts,
    })),
    backup: backup ?? null,
    first,
    notes,
  }
}
