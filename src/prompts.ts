import type { PromptObject } from 'prompts'
import { DEFAULTS, chooseDestination, type Choices, type Destination } from './choices.ts'
import { drawForTerminal } from './diagram.ts'
import { CancelledError, messageOf } from './errors.ts'
import { findGitObstacle } from './git.ts'
import { type PackageManager, PACKAGE_MANAGERS, detectPackageManager } from './package-manager.ts'
import { findExistingFolder, placeProject } from './target.ts'
import type { Topology } from './topologies.ts'

/** `prompts` never settles without a terminal on both ends, and needs one that can move its cursor. */
export function canAsk(): boolean {
  return process.stdout.isTTY && process.stdin.isTTY && process.env['TERM'] !== 'dumb'
}

/**
 * Asks for what `choices` leaves open; nothing when folder and topologies are given.
 * Throws a CancelledError on Ctrl-C, Ctrl-D or Esc.
 */
export async function askForMissing(
  choices: Partial<Choices>,
  catalogue: Topology[],
  force: boolean,
): Promise<Choices> {
  const isQuiet = choices.destination !== undefined && choices.topologies !== undefined
  const destination = choices.destination ?? (await askForDestination(force))
  const topologies = choices.topologies ?? (await askForTopologies(catalogue))
  const detected = choices.packageManager ?? detectPackageManager()
  const asked =
    isQuiet || choices.install !== undefined
      ? { install: choices.install ?? false, packageManager: detected }
      : await askForInstall(detected, choices.packageManager !== undefined)
  const git = choices.git ?? (!isQuiet && (await askForGit(destination)))
  return { destination, topologies, ...asked, git }
}

async function askForDestination(force: boolean): Promise<Destination> {
  const directory = await ask<string>({
    type: 'text',
    message: 'Where to make the project?',
    initial: DEFAULTS.directory,
    validate: (answer: string) => explainBadDirectory(answer, force),
  })
  return chooseDestination(directory)
}

async function askForTopologies(catalogue: Topology[]): Promise<Set<string>> {
  const names = await ask<string[]>({
    type: 'multiselect',
    message: 'Which topologies?',
    choices: catalogue.map((topology) => ({
      title: topology.name,
      description: describeTopology(topology),
      value: topology.name,
      selected: topology.name === DEFAULTS.topology,
    })),
    min: 1,
    instructions: false,
    hint: 'Space, then Enter',
  })
  return new Set(names)
}

/** What it is and who talks to whom, shown while the cursor is on it. */
function describeTopology(topology: Topology): string {
  return [topology.summary, ...drawForTerminal(topology)].join('\n')
}

async function askForInstall(
  detected: PackageManager,
  isGiven: boolean,
): Promise<Pick<Choices, 'install' | 'packageManager'>> {
  const others = isGiven ? [] : PACKAGE_MANAGERS.filter((name) => name !== detected)
  const answer = await ask<PackageManager | 'none'>({
    type: 'select',
    message: 'Install the dependencies?',
    choices: [
      { title: 'not now', value: 'none' },
      ...[detected, ...others].map((name) => ({ title: `with ${name}`, value: name })),
    ],
    initial: 0,
  })
  return answer === 'none'
    ? { install: false, packageManager: detected }
    : { install: true, packageManager: answer }
}

/** Not worth a question where it cannot be done. */
async function askForGit({ path }: Destination): Promise<boolean> {
  if (await findGitObstacle(findExistingFolder(path))) return false
  return ask<boolean>({
    type: 'confirm',
    message: 'Make a git repository, with a first commit?',
    initial: DEFAULTS.git,
  })
}

function explainBadDirectory(directory: string, force: boolean): true | string {
  try {
    placeProject(chooseDestination(directory).path, new Map(), force)
    return true
  } catch (error) {
    return messageOf(error)
  }
}

async function ask<Answer>(question: Omit<PromptObject<'answer'>, 'name'>): Promise<Answer> {
  const { default: prompts } = await import('prompts')
  const { answer } = await prompts({ ...question, name: 'answer' }, { onCancel: cancel })
  return answer
}

function cancel(): never {
  throw new CancelledError()
}
