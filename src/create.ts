import { join } from 'node:path'
import { version } from '../package.json'
import { type Choices, type Flags, readFlags, requireChoices } from './choices.ts'
import { messageOf } from './errors.ts'
import { commitProject, findGitObstacle } from './git.ts'
import { undoKilledRuns } from './leftovers.ts'
import { installDependencies } from './package-manager.ts'
import { planProject } from './plan.ts'
import { askForMissing, canAsk } from './prompts.ts'
import { renderProject } from './render.ts'
import { type Result, describeResult, resultToJson } from './report.ts'
import { cancelOnSignal } from './signals.ts'
import { placeProject } from './target.ts'
import type { Topology } from './topologies.ts'
import { writeProject } from './write.ts'

// One level up, both from src/ and from the bundle in dist/.
export const TEMPLATES = join(import.meta.dirname, '../templates')

/** Makes a project as the flags say, and as the user answers where they say nothing. */
export async function create(flags: Flags, catalogue: Topology[]): Promise<void> {
  const { force = false, dryRun: isDryRun = false, json = false } = flags
  const given = readFlags(flags, catalogue)
  const choices =
    !json && canAsk()
      ? await askForMissing(given, catalogue, force)
      : requireChoices(given, catalogue)
  const { path } = choices.destination
  const project = planProject(choices, catalogue, version)
  const files = renderProject(project, TEMPLATES)

  const notes = isDryRun ? [] : await undoKilledRuns(path)
  const placement = placeProject(path, files, force)
  const result: Result = { choices, project, placement, isDryRun, backup: undefined, notes }
  if (!isDryRun) {
    result.backup = await cancelOnSignal((signal) => writeProject(path, placement, signal))
    if (choices.install) await installDependencies(path, choices.packageManager, json)
    if (choices.git) notes.push(...(await makeRepository(choices)))
  }
  console.log(
    json ? JSON.stringify(resultToJson(result, version), null, 2) : describeResult(result),
  )
}

/** Without one the project is as good, so a failure is a note. */
async function makeRepository({ destination: { path } }: Choices): Promise<string[]> {
  const obstacle = await findGitObstacle(path)
  if (obstacle) return [`No repository was made: ${obstacle}.`]
  try {
    await commitProject(path, `Start with create-electron-ports ${version}`)
    return []
  } catch (error) {
    return [`No repository was made: ${messageOf(error)}`]
  }
}
