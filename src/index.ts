import { fileURLToPath } from 'node:url'
import { version } from '../package.json'
import { readFlags, requireChoices } from './choices.ts'
import { parseArguments } from './command.ts'
import { describeError, exitCodeOf } from './errors.ts'
import { planProject } from './plan.ts'
import { askForMissing, canAsk } from './prompts.ts'
import { renderProject } from './render.ts'
import { describeResult } from './report.ts'
import { detectPackageManager } from './shell.ts'
import { cancelOnSignal } from './signals.ts'
import { refuseOccupied } from './target.ts'
import { readCatalogue } from './topologies.ts'
import { writeProject } from './write.ts'

// One level up, both from src/ and from the bundle in dist/.
const TEMPLATES = fileURLToPath(new URL('../templates', import.meta.url))

/** Runs the command; sets the exit code and never throws. */
export async function run(argv: string[]): Promise<void> {
  try {
    await create(argv)
  } catch (error) {
    console.error(describeError(error, argv.includes('--debug')))
    process.exitCode = exitCodeOf(error)
  }
}

async function create(argv: string[]): Promise<void> {
  const catalogue = readCatalogue(TEMPLATES)
  const given = readFlags(parseArguments(argv, catalogue, version), catalogue)
  const choices = canAsk()
    ? await askForMissing(given, catalogue)
    : requireChoices(given, catalogue)
  const { destination } = choices
  const project = planProject(choices, catalogue, version)
  const files = renderProject(project, TEMPLATES)

  refuseOccupied(destination.path, files)
  await cancelOnSignal((signal) => writeProject(destination.path, files, signal))

  const packageManager = detectPackageManager()
  console.log(describeResult({ destination, project, fileCount: files.size, packageManager }))
}
