import { join } from 'node:path'
import { version } from '../package.json'
import { type Choices, type Flags, readFlags, requireChoices } from './command-line/choices.ts'
import { CancelledError, messageOf } from './errors.ts'
import { commitProject, findGitObstacle } from './programs/git.ts'
import { hasKilledRuns, undoKilledRuns } from './recover/leftovers.ts'
import { LOCKFILES, installDependencies } from './programs/package-manager.ts'
import { planProject } from './render/plan.ts'
import { askForMissing, canAsk } from './ask/prompts.ts'
import { renderProject } from './render/render.ts'
import { type Result, describeResult, listRemarks, resultToJson } from './report/report.ts'
import { cancelOnSignal } from './signals.ts'
import { placeProject } from './write/target.ts'
import type { Topology } from './catalogue/topologies.ts'
import { writeProject } from './write/write.ts'

// One level up, both from src/ and from the bundle in dist/.
export const TEMPLATES = join(import.meta.dirname, '../templates')

/** Makes a project as the flags say, and as the user answers where they say nothing. */
export async function create(flags: Flags, catalogue: Topology[]): Promise<void> {
  const { force = false, dryRun: isDryRun = false, json = false } = flags
  const choices = await choose(flags, catalogue)
  const { path } = choices.destination
  const project = planProject(choices, catalogue, version)
  const files = renderProject(project, TEMPLATES)
  const undone = isDryRun ? announceUndo(path) : await undoKilledRuns(path)
  // At once, for what follows may fail.
  for (const note of undone) console.error(note)
  const placement = placeProject(path, files, force)
  const notes = json ? undone : []
  const result: Result = { choices, project, placement, isDryRun, hasRepository: false, notes }
  if (!isDryRun) await carryOut(result, [...files.keys()], json)
  console.log(
    json ? JSON.stringify(resultToJson(result, version), null, 2) : describeResult(result),
  )
}

async function choose(flags: Flags, catalogue: Topology[]): Promise<Choices> {
  const given = readFlags(flags, catalogue)
  const mayAsk = !flags.json && canAsk()
  return mayAsk ? askForMissing(given, catalogue, flags.force) : requireChoices(given, catalogue)
}

function announceUndo(path: string): string[] {
  return hasKilledRuns(path)
    ? [
        `A run that was killed has left something in "${path}": a run without --dry-run undoes it first.`,
      ]
    : []
}

async function carryOut(result: Result, paths: string[], json: boolean): Promise<void> {
  const { choices, placement } = result
  const { path } = choices.destination
  result.backup = await cancelOnSignal((signal) => writeProject(path, placement, signal))
  try {
    if (choices.install) await install(choices, json)
  } catch (error) {
    // There will be no report.
    for (const remark of listRemarks(result)) console.error(remark)
    throw error
  }
  if (choices.git) await makeRepository(result, paths)
}

function install({ destination, packageManager }: Choices, json: boolean): Promise<void> {
  console.error(`Installing the dependencies with ${packageManager} …`)
  return cancelOnSignal((signal) =>
    installDependencies(destination.path, packageManager, json, signal),
  )
}

/** Without one the project is as good, so a failure is a note. */
async function makeRepository(result: Result, paths: string[]): Promise<void> {
  const { destination, install: isInstalled, packageManager } = result.choices
  const { path } = destination
  const obstacle = await findGitObstacle(path)
  if (obstacle) return void result.notes.push(`No repository was made: ${obstacle}.`)
  try {
    const all = isInstalled ? [...paths, LOCKFILES[packageManager]] : paths
    const message = `Start with create-electron-ports ${version}`
    await cancelOnSignal((signal) => commitProject(path, all, message, signal))
    result.hasRepository = true
  } catch (error) {
    if (error instanceof CancelledError) throw error
    result.notes.push(`No repository was made, for git refused: ${messageOf(error)}`)
  }
}
