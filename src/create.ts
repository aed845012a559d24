import { join } from 'node:path'
import { version } from '../package.json'
import { askForMissing, askToUndo, canAsk } from './ask/prompts.ts'
import { COMPILED, FILES } from './catalogue/built-in.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import type { Templates } from './catalogue/templates.ts'
import { CHOICES_FILE } from './choices-file/choices-file.ts'
import { type Choices, type Flags, readFlags, requireChoices } from './command-line/choices.ts'
import { type Target, inspectTarget, isNew } from './disk/target.ts'
import { CancelledError, messageOf } from './errors.ts'
import { commitProject } from './programs/git.ts'
import { LOCKFILES, installDependencies } from './programs/package-manager.ts'
import { putInOrder } from './recover/put-in-order.ts'
import { planProject } from './render/plan.ts'
import { renderProject } from './render/render.ts'
import { type Result, describeResult, listRemarks, resultToJson } from './report/report.ts'
import { cancelOnSignal } from './signals.ts'
import { tell } from './terminal/print.ts'
import { toPrintableJson } from './terminal/printable.ts'
import { placeProject } from './write/placement.ts'
import { writeProject } from './write/write.ts'

export const TEMPLATES: Templates = {
  // One level up, both from src/ and from the bundle in dist/.
  folder: join(import.meta.dirname, '../templates'),
  files: FILES,
  render: (file, variables) => new Function('locals', COMPILED[file] as string)(variables),
}

const IT_WAS_A_PROJECT =
  'It was a project already: "npx create-electron-ports add" grows one, and keeps your changes.'

/** Makes a project as the flags say, and as the user answers where they say nothing. */
export async function create(flags: Flags, catalogue: Catalogue): Promise<void> {
  const { force = false, dryRun: isDryRun = false, json = false } = flags
  const choices = await choose(flags, catalogue)
  const usesYarn = choices.packageManager === 'yarn'
  const project = planProject(choices.destination.name, choices.app, catalogue, version, usesYarn)
  const files = renderProject(project, TEMPLATES)
  const { target, notes } = await recover(choices, flags)
  const placement = placeProject(target, files, force)
  if (!isNew(target) && target.entries.includes(CHOICES_FILE)) notes.push(IT_WAS_A_PROJECT)
  const result: Result = { choices, project, placement, isDryRun, hasRepository: false, notes }
  if (!isDryRun) await carryOut(result, target, [...files.keys()], json)
  console.log(json ? toPrintableJson(resultToJson(result, version)) : describeResult(result))
}

async function choose(flags: Flags, catalogue: Catalogue): Promise<Choices> {
  const given = readFlags(flags, catalogue)
  return mayAsk(flags) ? askForMissing(given, catalogue, flags) : requireChoices(given, catalogue)
}

function mayAsk({ json }: Flags): boolean {
  return !json && canAsk()
}

/** What is told of it at once, for what follows may fail, is in the notes for --json too. */
async function recover(
  { destination }: Choices,
  flags: Flags,
): Promise<{ target: Target; notes: string[] }> {
  const notes: string[] = []
  const target = await putInOrder(inspectTarget(destination.path), {
    isDryRun: flags.dryRun ?? false,
    confirm: async () => {
      if (mayAsk(flags) && !flags.yes) await askToUndo()
    },
    tell: (sentence) => {
      tell(sentence)
      if (flags.json) notes.push(sentence)
    },
  })
  return { target, notes }
}

async function carryOut(
  result: Result,
  target: Target,
  paths: string[],
  json: boolean,
): Promise<void> {
  const { choices, placement } = result
  result.backup = await cancelOnSignal((signal) => writeProject(target, placement, signal))
  try {
    if (choices.install) await install(choices, json)
  } catch (error) {
    // There will be no report.
    for (const remark of listRemarks(result)) tell(remark)
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
  const all = isInstalled ? [...paths, LOCKFILES[packageManager]] : paths
  const message = `Start with create-electron-ports ${version}`
  try {
    const obstacle = await cancelOnSignal((signal) => commitProject(path, all, message, signal))
    if (obstacle) result.notes.push(`No repository was made: ${obstacle}.`)
    else result.hasRepository = true
  } catch (error) {
    if (error instanceof CancelledError) throw error
    result.notes.push(`No repository was made, for git refused: ${messageOf(error)}`)
  }
}
