import { type Target, inspectTarget } from '../disk/target.ts'
import { describeStrangers, describeUndo, findKilledRuns, undoRun } from './leftovers.ts'

interface Manners {
  /** Says something before the next is done. */
  tell(sentence: string): void
  /** Throws when the user does not agree to what was told. */
  confirm(): Promise<void>
  isDryRun: boolean
}

/**
 * Undoes what killed runs have left where a project is to go, having told first. What looks so without
 * being known is named, and left alone.
 * Returns the target as it is then.
 */
export async function putInOrder(
  target: Target,
  { tell, confirm, isDryRun }: Manners,
): Promise<Target> {
  const strangers = describeStrangers(target)
  if (strangers) tell(strangers)
  const killed = findKilledRuns(target)
  if (killed.length === 0) return target
  if (isDryRun) {
    tell(
      `A run that was killed has left something in "${target.path}": a run without --dry-run undoes it first.`,
    )
    return target
  }
  for (const run of killed) tell(describeUndo(run))
  await confirm()
  for (const run of killed) {
    const outcome = await undoRun(run)
    if (outcome) tell(outcome)
  }
  return inspectTarget(target.path)
}
